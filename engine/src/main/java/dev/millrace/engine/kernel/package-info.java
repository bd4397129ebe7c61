/** Loops over value arrays that expressions and operators are made of. */
package dev.millrace.engine.kernel;
