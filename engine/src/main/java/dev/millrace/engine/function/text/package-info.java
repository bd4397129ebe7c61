/** String functions, over UTF-8 bytes wherever characters need not be looked at. */
package dev.millrace.engine.function.text;
