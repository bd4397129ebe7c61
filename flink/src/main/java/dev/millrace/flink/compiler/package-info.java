/**
 * Spares the planner the compiler: the metadata handlers that Calcite generates as source, and
 * would compile in every process, are compiled when this module is built.
 */
package dev.millrace.flink.compiler;
