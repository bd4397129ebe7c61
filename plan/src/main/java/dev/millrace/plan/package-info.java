/** Reads a compiled plan and builds the engine dataflow that executes it. */
package dev.millrace.plan;
