package dev.millrace.connectors.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server for tests, seen from outside with nothing but its driver. */
interface TestDatabase {
  AtomicInteger NAMES = new AtomicInteger();

  String url();

  String username();

  /** A new table, whose name begins with {@code name}. */
  default String table(String name, String columns) {
    String table = name + "_" + NAMES.incrementAndGet();
    execute("CREATE TABLE " + table + " (" + columns + ")");
    return table;
  }

  default Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), username(), "");
  }

  default void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The rows of a query, each column as the text that the driver makes of it, bytes as hex. */
  default List<List<String>> query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(
              result.getObject(i) instanceof byte[] bytes
                  ? HexFormat.of().formatHex(bytes)
                  : result.getString(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The values of the first column of a query, as numbers. */
  default List<Long> numbers(String sql) {
    return query(sql).stream().map(row -> Long.valueOf(row.get(0))).toList();
  }
}
