/** Numbers and times as text, read from and written to bytes; shared by the text formats. */
package dev.millrace.formats.text;
