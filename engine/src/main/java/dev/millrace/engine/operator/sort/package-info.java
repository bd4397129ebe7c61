/** Operators that emit rows in an order. */
package dev.millrace.engine.operator.sort;
