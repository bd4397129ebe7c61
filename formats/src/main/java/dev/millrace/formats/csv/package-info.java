/** The {@code csv} format. */
package dev.millrace.formats.csv;
