/** Rows made up: the {@code datagen} connector. */
package dev.millrace.connectors.datagen;
