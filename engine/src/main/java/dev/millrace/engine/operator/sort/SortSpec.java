package dev.millrace.engine.operator.sort;

import dev.millrace.engine.state.SortColumn;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * What to order.
 *
 * @param types of the input's columns
 * @param order the columns to order by
 */
public record SortSpec(List<DataType> types, List<SortColumn> order) {}
