/** The {@code millrace} command. */
package dev.millrace.cli;
