/** A SQL script as text: its statements, and where each of them stands. Knows nothing of Flink. */
package dev.millrace.flink.script;
