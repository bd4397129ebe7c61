/** A Kafka broker for demonstrations and tests. */
package dev.millrace.broker;
