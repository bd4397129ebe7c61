package dev.millrace.engine.format;

import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import java.time.ZoneId;
import java.util.List;

/**
 * What a format is configured with.
 *
 * @param schema a ROW of all columns that a record has, in its order
 * @param projection which of them to decode, in this order; all of them when encoding
 * @param uses which parts of each projected column are used, aligned with {@code projection}
 * @param options the format's own options, without prefix
 * @param zone the session's time zone
 */
public record FormatContext(
    DataType schema, int[] projection, List<FieldUse> uses, Options options, ZoneId zone) {
  /** The ROW that a decoder produces. */
  public DataType projectedRow() {
    return DataType.row(
        java.util.Arrays.stream(projection).mapToObj(i -> schema.children().get(i)).toList());
  }
}
