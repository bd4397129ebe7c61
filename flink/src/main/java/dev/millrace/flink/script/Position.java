package dev.millrace.flink.script;

/**
 * A place in a script; line and column count from 1, columns in UTF-16 units as Flink's parser
 * does.
 */
public record Position(int line, int column) {
  static final Position START = new Position(1, 1);

  /** The place in the script of a place in a statement that begins here. */
  public Position plus(Position inStatement) {
    return inStatement.line() == 1
        ? new Position(line, column + inStatement.column() - 1)
        : new Position(line + inStatement.line() - 1, inStatement.column());
  }

  boolean isBefore(Position other) {
    return line < other.line || (line == other.line && column < other.column);
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
