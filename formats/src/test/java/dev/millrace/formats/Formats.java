package dev.millrace.formats;

import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.format.Encoder;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.format.FormatContext;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Formats as a connector gets them: by name, from the class path. */
public final class Formats {
  private static final FormatRegistry REGISTRY =
      FormatRegistry.load(Formats.class.getClassLoader());

  private Formats() {}

  public static Decoder decoder(String name, DataType schema, Map<String, String> options) {
    return decoding(name, schema, options).newDecoder();
  }

  public static DecodingFormat decoding(String name, DataType schema, Map<String, String> options) {
    int[] projection = IntStream.range(0, schema.children().size()).toArray();
    return decoding(
        name, schema, projection, Collections.nCopies(projection.length, FieldUse.ALL), options);
  }

  public static DecodingFormat decoding(
      String name,
      DataType schema,
      int[] projection,
      List<FieldUse> uses,
      Map<String, String> options) {
    return REGISTRY
        .find(name, new Options("table 't'", Map.of()))
        .decoding(context(schema, projection, uses, options));
  }

  public static Encoder encoder(String name, DataType schema, Map<String, String> options) {
    int[] projection = IntStream.range(0, schema.children().size()).toArray();
    List<FieldUse> uses = Collections.nCopies(projection.length, FieldUse.ALL);
    return REGISTRY
        .find(name, new Options("table 't'", Map.of()))
        .encoding(context(schema, projection, uses, options))
        .newEncoder();
  }

  /** The records that a format's encoder makes of rows of Java objects. */
  public static RecordBlock encode(
      String name, DataType schema, Map<String, String> options, List<? extends List<?>> rows) {
    BatchBuilder builder = new BatchBuilder(schema);
    rows.forEach(row -> Values.appendRow(builder, schema, row));
    RecordBlockBuilder output = new RecordBlockBuilder();
    encoder(name, schema, options).encode(builder.build(), output);
    return output.build();
  }

  private static FormatContext context(
      DataType schema, int[] projection, List<FieldUse> uses, Map<String, String> options) {
    return new FormatContext(
        schema, projection, uses, new Options("table 't'", options), ZoneOffset.UTC);
  }
}
