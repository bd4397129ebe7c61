package dev.millrace.connectors.testing;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Tables as a planner would describe them. */
public final class Tables {
  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private Tables() {}

  /** A ROW of columns {@code c0}, {@code c1} and so on. */
  public static DataType rowOf(DataType... types) {
    return DataType.row(
        IntStream.range(0, types.length).mapToObj(i -> new Field("c" + i, types[i])).toList());
  }

  public static SourceTable source(
      DataType schema, Map<String, String> options, FormatFactory... formats) {
    return source(schema, List.of(), -1, options, formats);
  }

  public static SourceTable source(
      DataType schema,
      List<Field> metadata,
      long limit,
      Map<String, String> options,
      FormatFactory... formats) {
    int columns = schema.children().size();
    return new SourceTable(
        "t",
        schema,
        new int[0],
        IntStream.range(0, columns).toArray(),
        Collections.nCopies(columns, FieldUse.ALL),
        metadata,
        limit,
        options(options),
        FormatRegistry.of(formats),
        ZONE);
  }

  public static SinkTable sink(
      DataType schema, Map<String, String> options, FormatFactory... formats) {
    return new SinkTable(
        "t",
        schema,
        new int[0],
        List.of(),
        Set.of(RowKind.INSERT),
        options(options),
        FormatRegistry.of(formats),
        ZONE);
  }

  private static Options options(Map<String, String> options) {
    return new Options("table 't'", options);
  }
}
