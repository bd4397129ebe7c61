/** What Flink's planner has to know of the connector {@code jdbc}. */
package dev.millrace.flink.jdbc;
