/** Tests of the whole: the architecture, and the same answers as Flink. */
package dev.millrace.conformance;
