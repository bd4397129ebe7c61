package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The rows of both inputs that belong to one window of a {@link WindowJoin}. */
final class JoinWindow {
  private static final int AT_ONCE = 4096;
  private static final int OBJECTS = 512;

  private final JoinSpec spec;
  private final JoinKeys keys;
  private final WindowRows[] sides;

  JoinWindow(JoinSpec spec) {
    this.spec = spec;
    this.keys = new JoinKeys(spec);
    this.sides = new WindowRows[] {new WindowRows(spec, 0), new WindowRows(spec, 1)};
  }

  /** Adds rows of an input; passes over those that can neither match nor be emitted alone. */
  void add(int input, Vector[] columns, int count) {
    int[] keyOfRow = keys.locate(input, columns, count);
    boolean mayBeAlone =
        spec.type().preserves(input) || (spec.type() == JoinType.ANTI && input == 0);
    if (mayBeAlone) {
      sides[input].add(columns, keyOfRow, keys.limit());
      return;
    }
    int[] rows = JoinKeys.rowsWithKey(keyOfRow, count);
    int[] rowKeys = IntStream.of(rows).map(i -> keyOfRow[i]).toArray();
    sides[input].add(
        JoinKeys.taken(columns, JoinKeys.some(rows, rows.length, count)), rowKeys, keys.limit());
  }

  /** Bytes of memory that are taken, also by the objects around the arrays, about. */
  long bytes() {
    return OBJECTS + keys.bytes() + sides[0].bytes() + sides[1].bytes();
  }

  /** How many rows of an input there are. */
  int rowCount(int input) {
    return sides[input].count();
  }

  /** Hands over all rows of an input, in pieces. */
  void forEach(int input, Consumer<Vector[]> to) {
    WindowRows rows = sides[input];
    for (int from = 0; from < rows.count(); from += AT_ONCE) {
      int[] some = IntStream.range(from, Math.min(rows.count(), from + AT_ONCE)).toArray();
      to.accept(rows.rows(some, some.length));
    }
  }

  /** Emits the result: the left rows, some thousand at a time, meet the chains of the right. */
  void join(InsertJoin join) {
    int[] left = leftRows();
    for (int from = 0; from < left.length; from += AT_ONCE) {
      joinSome(join, Arrays.copyOfRange(left, from, Math.min(left.length, from + AT_ONCE)));
    }
    if (spec.type().preserves(1)) {
      emitUnmatchedRight(join);
    }
  }

  /** The left rows that are needed: all, or those whose keys occur on the right. */
  private int[] leftRows() {
    boolean all = spec.type().preserves(0) || spec.type() == JoinType.ANTI;
    return IntStream.range(0, sides[0].count())
        .filter(row -> all || sides[1].first(sides[0].key(row)) != WindowRows.NONE)
        .toArray();
  }

  private void joinSome(InsertJoin join, int[] left) {
    WindowRows right = sides[1];
    Vector[] columns = sides[0].rows(left, left.length);
    join.begin(0, columns, left.length, right);
    for (int i = 0; i < left.length; i++) {
      int slot = right.first(sides[0].key(left[i]));
      for (; slot != WindowRows.NONE; slot = right.next(slot)) {
        join.add(i, slot);
      }
    }
    boolean[] matched = join.end();
    JoinType type = spec.type();
    if (type == JoinType.SEMI || type == JoinType.ANTI || type.preserves(0)) {
      boolean wanted = type == JoinType.SEMI;
      int[] alone = IntStream.range(0, left.length).filter(i -> matched[i] == wanted).toArray();
      join.emitAlone(0, columns, Positions.of(alone, alone.length));
    }
  }

  private void emitUnmatchedRight(InsertJoin join) {
    WindowRows right = sides[1];
    int[] alone = IntStream.range(0, right.count()).filter(i -> !right.isMatched(i)).toArray();
    for (int from = 0; from < alone.length; from += AT_ONCE) {
      int[] some = Arrays.copyOfRange(alone, from, Math.min(alone.length, from + AT_ONCE));
      join.emitAlone(1, right.rows(some, some.length), Positions.all(some.length));
    }
  }
}
