package dev.millrace.engine.dataflow;

/**
 * What the state of a node means, whatever the node is called and wherever it stands: by this a
 * snapshot finds its nodes again after a script was edited.
 *
 * @param meaning 16 hexadecimal digits, equal for nodes whose state means the same: the same
 *     computation by the same keys over the same columns of the same tables
 * @param choice 16 more, equal for nodes whose rows are chosen by the same conditions, too; tells
 *     nodes of equal meaning apart
 */
public record StateIdentity(String meaning, String choice) {}
