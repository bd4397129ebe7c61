/** Operators that order the rows of a key and keep the first of them. */
package dev.millrace.engine.operator.rank;
