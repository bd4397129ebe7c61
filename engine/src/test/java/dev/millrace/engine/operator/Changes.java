package dev.millrace.engine.operator;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.OperatorHarness.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Draws the changelog of a table: inserts, updates and deletes of rows that are there. */
public final class Changes {
  private final int input;
  private final Random random;
  private final Supplier<List<Object>> newRow;
  private final List<List<Object>> rows = new ArrayList<>();

  public Changes(int input, Random random, Supplier<List<Object>> newRow) {
    this.input = input;
    this.random = random;
    this.newRow = newRow;
  }

  /** The rows that the table has now. */
  public List<List<Object>> rows() {
    return rows;
  }

  /** Adds an insert. */
  public void insert(List<Event> to) {
    List<Object> row = newRow.get();
    rows.add(row);
    to.add(new Event.Row(input, RowKind.INSERT, row));
  }

  /** Adds an insert, an update or a delete. */
  public void change(List<Event> to) {
    int what = random.nextInt(5);
    if (rows.isEmpty() || what < 2) {
      insert(to);
      return;
    }
    List<Object> old = rows.remove(random.nextInt(rows.size()));
    if (what < 4) {
      to.add(new Event.Row(input, RowKind.DELETE, old));
      return;
    }
    List<Object> row = newRow.get();
    rows.add(row);
    to.add(new Event.Row(input, RowKind.UPDATE_BEFORE, old));
    to.add(new Event.Row(input, RowKind.UPDATE_AFTER, row));
  }
}
