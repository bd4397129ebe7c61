/** Rows that cannot be processed: what becomes of them, and what is kept of them. */
package dev.millrace.engine.deadletter;
