/** The {@code json} format. */
package dev.millrace.formats.json;
