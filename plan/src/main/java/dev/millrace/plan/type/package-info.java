/** Reads the two notations that a compiled plan has for types. */
package dev.millrace.plan.type;
