package dev.millrace.connectors.datagen;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** The {@code datagen} connector. */
public final class DataGenSourceFactory implements SourceFactory {
  private static final Option<Long> ROWS_PER_SECOND =
      Option.longInteger("rows-per-second", 10_000L);
  private static final Option<Long> NUMBER_OF_ROWS = Option.longInteger("number-of-rows", null);
  private static final Option<Integer> PARALLELISM = Option.integer("scan.parallelism", null);

  @Override
  public String identifier() {
    return "datagen";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(ROWS_PER_SECOND, NUMBER_OF_ROWS, PARALLELISM, Option.prefix("fields."));
  }

  @Override
  public Source source(SourceTable table) {
    Options options = table.options();
    long rowsPerSecond = options.get(ROWS_PER_SECOND);
    refuseBelow(1, rowsPerSecond, ROWS_PER_SECOND, options);
    long numberOfRows = options.find(NUMBER_OF_ROWS).orElse(DataGenSource.ENDLESS);
    refuseBelow(0, numberOfRows, NUMBER_OF_ROWS, options);
    FieldOptions fieldOptions = new FieldOptions(options, table.name(), table.zone());
    SequenceFields sequences = new SequenceFields(fieldOptions);
    List<Generator> fields = fields(table.schema(), fieldOptions, sequences);
    refuseUnknown(options, fieldOptions);
    List<Generator> columns = new ArrayList<>();
    for (int column : table.projection()) {
      columns.add(fields.get(column));
    }
    long rows = Math.min(sequences.rows(), numberOfRows);
    return new DataGenSource(
        columns,
        table.limit() >= 0 ? Math.min(rows, table.limit()) : rows,
        rowsPerSecond,
        options.find(PARALLELISM).orElse(0));
  }

  private static void refuseBelow(long least, long value, Option<?> option, Options options) {
    if (value < least) {
      throw MillraceException.usage(
          "Option '%s' of %s must be at least %d."
              .formatted(option.name(), options.owner(), least));
    }
  }

  private static List<Generator> fields(
      DataType schema, FieldOptions options, SequenceFields sequences) {
    RandomFields randoms = new RandomFields(options);
    List<Generator> fields = new ArrayList<>();
    for (DataType.Field field : schema.children()) {
      String kind = options.get(field.name(), "kind", Option::text, "random");
      fields.add(
          switch (kind) {
            case "random" -> randoms.of(field.name(), field.type());
            case "sequence" -> sequences.of(field.name(), field.type());
            default ->
                throw options.wrong(
                    field.name(), "kind is '" + kind + "', not 'random' or 'sequence'");
          });
    }
    return fields;
  }

  /** Only now is it known which options the fields have, and which are for no field at all. */
  private static void refuseUnknown(Options options, FieldOptions fields) {
    List<Option<?>> known = new ArrayList<>(fields.known());
    known.addAll(List.of(Option.text("connector"), ROWS_PER_SECOND, NUMBER_OF_ROWS, PARALLELISM));
    options.refuseUnknown(known);
  }
}
