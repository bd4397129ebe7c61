/** Operators that aggregate rows by key. */
package dev.millrace.engine.operator.aggregate;
