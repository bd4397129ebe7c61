/** Everything that needs Flink on the class path: planning SQL, embedded and remote execution. */
package dev.millrace.flink;
