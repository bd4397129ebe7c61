/**
 * Tables whose rows lie in this process: the Flink side of what {@code dev.millrace.api} offers.
 */
package dev.millrace.flink.memory;
