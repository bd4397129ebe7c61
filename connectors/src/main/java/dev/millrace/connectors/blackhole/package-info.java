/** Rows dropped: the {@code blackhole} connector. */
package dev.millrace.connectors.blackhole;
