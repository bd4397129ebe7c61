/** Aggregates over the rows before each row (OVER). */
package dev.millrace.engine.operator.over;
