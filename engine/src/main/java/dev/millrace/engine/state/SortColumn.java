package dev.millrace.engine.state;

import dev.millrace.engine.type.DataType;

/**
 * A column of an ORDER BY.
 *
 * @param column its place in a batch
 * @param type its type
 * @param ascending whether small values come first
 * @param nullsLast whether nulls come last, in either direction
 */
public record SortColumn(int column, DataType type, boolean ascending, boolean nullsLast) {}
