/** Rows shown: the {@code print} connector. */
package dev.millrace.connectors.print;
