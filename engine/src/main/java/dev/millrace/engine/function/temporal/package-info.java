/** Functions of dates, times, timestamps and intervals. */
package dev.millrace.engine.function.temporal;
