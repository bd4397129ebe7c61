package dev.millrace.connectors.jdbc;

import dev.millrace.engine.batch.Vector;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sets a parameter of a statement to a value of a column. */
@FunctionalInterface
interface ColumnBinder {
  void bind(PreparedStatement statement, int parameter, Vector column, int row) throws SQLException;
}
