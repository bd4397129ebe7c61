/** Turns the row expressions of a compiled plan into engine expressions. */
package dev.millrace.plan.rex;
