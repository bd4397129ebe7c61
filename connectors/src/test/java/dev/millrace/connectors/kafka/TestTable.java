package dev.millrace.connectors.kafka;

import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Describes a table named {@code t} step by step, as a script would. */
final class TestTable {
  static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);

  private final List<DataType.Field> columns = new ArrayList<>();
  private final List<DataType.Field> metadata = new ArrayList<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private int[] primaryKey = {};
  private int[] projection;

  /** A table over the shared broker, with records in JSON. */
  static TestTable json() {
    return new TestTable()
        .option("properties.bootstrap.servers", TestKafka.shared().servers())
        .option("format", "json");
  }

  /** An {@code upsert-kafka} table over the shared broker, with records in JSON. */
  static TestTable upsert() {
    return new TestTable()
        .option("properties.bootstrap.servers", TestKafka.shared().servers())
        .option("key.format", "json")
        .option("value.format", "json");
  }

  TestTable column(String name, DataType type) {
    columns.add(new DataType.Field(name, type));
    return this;
  }

  TestTable metadata(String key, DataType type) {
    metadata.add(new DataType.Field(key, type));
    return this;
  }

  TestTable option(String name, String value) {
    options.put(name, value);
    return this;
  }

  TestTable without(String option) {
    options.remove(option);
    return this;
  }

  /** All there is, from the first record to the last at the time of the start. */
  TestTable all() {
    return option("scan.startup.mode", "earliest-offset")
        .option("scan.bounded.mode", "latest-offset");
  }

  TestTable primaryKey(int... positions) {
    primaryKey = positions;
    return this;
  }

  TestTable project(int... positions) {
    projection = positions;
    return this;
  }

  private DataType schema() {
    return DataType.row(columns);
  }

  private Options options() {
    return new Options("table 't'", options);
  }

  private static FormatRegistry formats() {
    return FormatRegistry.load(TestTable.class.getClassLoader());
  }

  SourceTable sourceTable() {
    int[] wanted = projection == null ? IntStream.range(0, columns.size()).toArray() : projection;
    return new SourceTable(
        "t",
        schema(),
        primaryKey,
        wanted,
        Collections.nCopies(wanted.length, FieldUse.ALL),
        metadata,
        -1,
        options(),
        formats(),
        ZoneOffset.UTC);
  }

  /** What batches of the table hold. */
  DataType producedRow() {
    return sourceTable().producedRow();
  }

  Source source() {
    return primaryKey.length == 0
        ? new KafkaSourceFactory().source(sourceTable())
        : new UpsertKafkaSourceFactory().source(sourceTable());
  }

  Sink sink() {
    return primaryKey.length == 0
        ? new KafkaSinkFactory().sink(sinkTable(Set.of(RowKind.INSERT)))
        : new UpsertKafkaSinkFactory().sink(sinkTable(EnumSet.allOf(RowKind.class)));
  }

  Writing writing() {
    return writing(new TestSinkContext());
  }

  Writing writing(SinkContext context) {
    return new Writing(producedRow(), sink().writer(context));
  }

  SinkTable sinkTable(Set<RowKind> kinds) {
    return new SinkTable(
        "t", schema(), primaryKey, metadata, kinds, options(), formats(), ZoneOffset.UTC);
  }
}
