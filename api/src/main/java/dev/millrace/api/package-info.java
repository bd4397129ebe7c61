/** What a Java program uses to run Millrace inside its own process. */
package dev.millrace.api;
