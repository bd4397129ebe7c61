/** Native sources and sinks of the engine. */
package dev.millrace.connectors;
