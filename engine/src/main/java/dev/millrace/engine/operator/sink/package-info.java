/** Operators that make of a changelog what a table with a primary key takes. */
package dev.millrace.engine.operator.sink;
