package dev.millrace.connectors.jdbc;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table of a database, and the statements that write to it.
 *
 * @param name the table's name in the script, for messages
 * @param target its name in the database, as SQL has it
 * @param schema a ROW of its columns
 * @param key positions of the primary key's columns, empty if rows are only added
 */
record JdbcTable(
    String name,
    String target,
    DataType schema,
    int[] key,
    Database database,
    List<ColumnBinder> binders) {
  private static final int LONGEST_ROW = 200;
  private static final Pattern PARTS = Pattern.compile("\\.(?=(?:[^\"`]|\"[^\"]*\"|`[^`]*`)*$)");

  static JdbcTable of(SinkTable table) {
    Database database = Database.of(table.options(), table.zone());
    return new JdbcTable(
        table.name(),
        quoted(database.dialect(), table.options().require(JdbcOptions.TABLE_NAME)),
        table.schema(),
        table.primaryKey(),
        database,
        binders(table, database.dialect()));
  }

  /** A name such as {@code schema.table}, part by part. */
  static String quoted(Dialect dialect, String name) {
    return String.join(".", Arrays.stream(PARTS.split(name)).map(dialect::quote).toList());
  }

  private static List<ColumnBinder> binders(SinkTable table, Dialect dialect) {
    List<ColumnBinder> binders = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (DataType.Field column : table.schema().children()) {
      try {
        binders.add(dialect.binder(column.type()));
      } catch (UnsupportedException e) {
        reasons.add(
            "%s of column '%s' of %s in %s"
                .formatted(e.getMessage(), column.name(), table.options().owner(), dialect.name()));
      }
    }
    if (!reasons.isEmpty()) {
      throw new UnsupportedException(reasons);
    }
    return binders;
  }

  boolean keyed() {
    return key.length > 0;
  }

  private String column(int position) {
    return database.dialect().quote(schema.children().get(position).name());
  }

  private IntStream columns() {
    return IntStream.range(0, schema.children().size());
  }

  private boolean isKey(int position) {
    return Arrays.stream(key).anyMatch(k -> k == position);
  }

  /** Adds a row; with a key, it replaces the row that has the same. */
  String insertSql() {
    String insert =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                target,
                String.join(", ", columns().mapToObj(this::column).toList()),
                String.join(", ", columns().mapToObj(i -> "?").toList()));
    return keyed()
        ? insert
            + database
                .dialect()
                .onConflict(
                    keyColumns(), columns().filter(i -> !isKey(i)).mapToObj(this::column).toList())
        : insert;
  }

  /** Deletes the row of a key. */
  String deleteSql() {
    return "DELETE FROM %s WHERE %s"
        .formatted(
            target,
            String.join(" AND ", Arrays.stream(key).mapToObj(i -> column(i) + " = ?").toList()));
  }

  private List<String> keyColumns() {
    return Arrays.stream(key).mapToObj(this::column).toList();
  }

  /** Fails if the table or one of its columns is not there, or its key is not unique. */
  void check() {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement
          .executeQuery(
              "SELECT %s FROM %s WHERE 1 = 0"
                  .formatted(String.join(", ", columns().mapToObj(this::column).toList()), target))
          .close();
      if (keyed() && !database.dialect().isUnique(connection, target, keyColumns())) {
        throw MillraceException.job(
            "%s: the columns of its PRIMARY KEY are not unique in %s of %s. Give it a unique index of them."
                .formatted(subject(), target, database.name()));
      }
      connection.rollback();
    } catch (SQLException e) {
      throw JdbcErrors.translate(subject(), database, e);
    }
  }

  /** Who fails, in messages. */
  String subject() {
    return "Table '" + name + "'";
  }

  /** What tells a row from others: its key, or all of it. */
  String describe(Batch batch, int row) {
    int[] shown = keyed() ? key : columns().toArray();
    List<String> values = new ArrayList<>();
    for (int column : shown) {
      DataType.Field field = schema.children().get(column);
      values.add(field.name() + " = " + Values.get(batch.column(column), field.type(), row));
    }
    String text = String.join(", ", values);
    return (keyed() ? "key " : "")
        + (text.length() > LONGEST_ROW ? text.substring(0, LONGEST_ROW) + " ..." : text);
  }
}
