/** A compiled plan as a document: reading, writing, and its nodes and edges. */
package dev.millrace.plan.document;
