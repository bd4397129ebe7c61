/** How one {@code millrace} process of a user finds another one's job and asks something of it. */
package dev.millrace.cli.control;
