package dev.millrace.engine.connector;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.format.EncodingFormat;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.format.FormatContext;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table to write, as its sink receives it: batches of the physical columns in the schema's order,
 * followed by the metadata columns.
 *
 * @param name the table's full name, as Flink prints it
 * @param schema a ROW of all physical columns
 * @param primaryKey positions of the primary key's columns in the schema, empty when there is none
 * @param metadata the writable metadata columns: key and type
 * @param kinds the row kinds that may arrive
 * @param options the table's options
 * @param formats the formats on the class path
 * @param zone the session's time zone
 */
public record SinkTable(
    String name,
    DataType schema,
    int[] primaryKey,
    List<DataType.Field> metadata,
    Set<RowKind> kinds,
    Options options,
    FormatRegistry formats,
    ZoneId zone) {
  /** The same table with other options. */
  public SinkTable withOptions(Options newOptions) {
    return new SinkTable(name, schema, primaryKey, metadata, kinds, newOptions, formats, zone);
  }

  /** Whether nothing but inserts may arrive. */
  public boolean insertOnly() {
    return kinds.equals(Set.of(RowKind.INSERT));
  }

  /**
   * The format for a record that holds the columns of {@code recordSchema}.
   *
   * @param identifier the format's name
   * @param optionPrefix what precedes the format's options, for example {@code value.json.}
   */
  public EncodingFormat encoding(String identifier, String optionPrefix, DataType recordSchema) {
    FormatFactory factory = formats.find(identifier, options);
    Options formatOptions = options.prefixed(optionPrefix);
    FormatRegistry.check(factory, formatOptions);
    int columns = recordSchema.children().size();
    return factory.encoding(
        new FormatContext(
            recordSchema,
            IntStream.range(0, columns).toArray(),
            Collections.nCopies(columns, FieldUse.ALL),
            formatOptions,
            zone));
  }
}
