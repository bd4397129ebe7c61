/** The {@code kafka} and {@code upsert-kafka} connectors, with the options of Flink's. */
package dev.millrace.connectors.kafka;
