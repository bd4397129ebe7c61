/** One translator per kind of plan node, and what they share. */
package dev.millrace.plan.node;
