/** The {@code raw} format. */
package dev.millrace.formats.raw;
