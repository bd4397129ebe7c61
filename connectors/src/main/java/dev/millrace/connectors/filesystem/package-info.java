/** Files as tables: the {@code filesystem} connector. */
package dev.millrace.connectors.filesystem;
