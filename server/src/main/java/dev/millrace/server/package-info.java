/** Shows a running job to the outside: metrics, health and what holds it up. */
package dev.millrace.server;
