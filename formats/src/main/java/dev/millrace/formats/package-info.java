/** Decodes bytes into batches and encodes batches into bytes. */
package dev.millrace.formats;
