package dev.millrace.engine.operator.window;

import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * What sessions are.
 *
 * @param keyColumns the columns of the input whose values each have sessions of their own
 * @param keyTypes their types
 * @param time what a row's time is
 * @param gapMillis how long after a row another one still belongs to its session
 */
public record SessionSpec(
    List<Integer> keyColumns, List<DataType> keyTypes, RowTime time, long gapMillis) {}
