package dev.millrace.engine.dataflow;

import dev.millrace.engine.deadletter.ErrorMode;
import dev.millrace.engine.type.DataType;
import java.util.Map;

/**
 * What happens to rows that the nodes of a dataflow cannot process.
 *
 * @param ofJob at nodes that have nothing of their own
 * @param ofNodes by id, at nodes that belong to a table
 */
public record ErrorHandling(ErrorMode ofJob, Map<Integer, OfTable> ofNodes) {
  /** At every node such a row fails the job. */
  public static final ErrorHandling FAILING = new ErrorHandling(ErrorMode.FAIL, Map.of());

  /**
   * At a node that reads or writes a table.
   *
   * @param row what rows that are written are called in letters, a ROW; null when reading
   */
  public record OfTable(String table, ErrorMode mode, DataType row) {}

  public ErrorHandling {
    ofNodes = Map.copyOf(ofNodes);
  }

  public ErrorMode mode(Node node) {
    OfTable own = ofNodes.get(node.id());
    return own == null ? ofJob : own.mode();
  }

  /** The table that a node reads or writes, or null. */
  public String table(Node node) {
    OfTable own = ofNodes.get(node.id());
    return own == null ? null : own.table();
  }

  /** The ROW of the table that a node writes, or null. */
  public DataType written(Node node) {
    OfTable own = ofNodes.get(node.id());
    return own == null ? null : own.row();
  }
}
