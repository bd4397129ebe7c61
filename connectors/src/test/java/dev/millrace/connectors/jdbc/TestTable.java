package dev.millrace.connectors.jdbc;

import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Describes a table named {@code t} step by step, as a script would. */
final class TestTable {
  static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private final List<DataType.Field> columns = new ArrayList<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private int[] primaryKey = {};
  private Set<RowKind> kinds = Set.of(RowKind.INSERT);

  static TestTable of(TestDatabase database, String table) {
    return new TestTable()
        .option("url", database.url())
        .option("username", database.username())
        .option("password", "")
        .option("table-name", table);
  }

  TestTable column(String name, DataType type) {
    columns.add(new DataType.Field(name, type));
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

  TestTable exactlyOnce() {
    return option("sink.delivery-guarantee", "exactly-once");
  }

  TestTable primaryKey(int... positions) {
    primaryKey = positions;
    return changes();
  }

  /** All kinds of rows may come. */
  TestTable changes() {
    kinds = EnumSet.allOf(RowKind.class);
    return this;
  }

  DataType schema() {
    return DataType.row(columns);
  }

  Sink sink() {
    return new JdbcSinkFactory()
        .sink(
            new SinkTable(
                "t",
                schema(),
                primaryKey,
                List.of(),
                kinds,
                new Options("table 't'", options),
                FormatRegistry.of(),
                ZONE));
  }

  Writing writing() {
    return writing(new TestSinkContext());
  }

  Writing writing(SinkContext context) {
    return new Writing(schema(), sink().writer(context));
  }

  Writing writing(EpochTransactions transactions) {
    return writing(new TestSinkContext().withTransactions(transactions));
  }
}
