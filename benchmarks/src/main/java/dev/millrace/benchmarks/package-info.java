/** Measurements of Millrace and of its peers on the same input. */
package dev.millrace.benchmarks;
