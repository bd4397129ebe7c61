package dev.millrace.engine.connector;

import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.format.FormatContext;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A table to read, as its source must deliver it: batches of the projected physical columns, in the
 * projection's order, followed by the metadata columns.
 *
 * @param name the table's name, for messages
 * @param schema a ROW of all physical columns
 * @param primaryKey positions of the primary key's columns in the schema, empty when there is none
 * @param projection which physical columns are wanted
 * @param uses which parts of each projected column are used, aligned with {@code projection}
 * @param metadata the metadata columns wanted: key and type
 * @param limit rows that are enough per reader, or -1
 * @param options the table's options
 * @param formats the formats on the class path
 * @param zone the session's time zone
 */
public record SourceTable(
    String name,
    DataType schema,
    int[] primaryKey,
    int[] projection,
    List<FieldUse> uses,
    List<DataType.Field> metadata,
    long limit,
    Options options,
    FormatRegistry formats,
    ZoneId zone) {
  /** The ROW of a batch that the source emits. */
  public DataType producedRow() {
    List<DataType.Field> fields = new ArrayList<>(projectedRow().children());
    fields.addAll(metadata);
    return DataType.row(fields);
  }

  /** The ROW of the projected physical columns. */
  public DataType projectedRow() {
    List<DataType.Field> fields = new ArrayList<>();
    for (int column : projection) {
      fields.add(schema.children().get(column));
    }
    return DataType.row(fields);
  }

  /**
   * The format for a record whose columns are all physical columns.
   *
   * @param identifier the format's name
   * @param optionPrefix what precedes the format's options, for example {@code value.json.}
   */
  public DecodingFormat decoding(String identifier, String optionPrefix) {
    return decoding(identifier, optionPrefix, schema, projection, uses);
  }

  /** The format for a record that holds the columns of {@code recordSchema}. */
  public DecodingFormat decoding(
      String identifier,
      String optionPrefix,
      DataType recordSchema,
      int[] recordProjection,
      List<FieldUse> recordUses) {
    FormatFactory factory = formats.find(identifier, options);
    Options formatOptions = options.prefixed(optionPrefix);
    FormatRegistry.check(factory, formatOptions);
    return factory.decoding(
        new FormatContext(recordSchema, recordProjection, recordUses, formatOptions, zone));
  }
}
