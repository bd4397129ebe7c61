/** A job whose process, and whose broker, are killed at random moments; and whether it shows. */
package dev.millrace.benchmarks.torture;
