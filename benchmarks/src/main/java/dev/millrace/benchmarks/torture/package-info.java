/** A job whose process, broker and database are killed at random moments; and whether it shows. */
package dev.millrace.benchmarks.torture;
