/** The {@code jdbc} connector: tables of PostgreSQL, MySQL and MariaDB, with Flink's options. */
package dev.millrace.connectors.jdbc;
