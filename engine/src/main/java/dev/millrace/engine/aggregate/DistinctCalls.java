package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The DISTINCT calls of an operator that have the same arguments: they share one set of {@link
 * DistinctValues}, as in Flink, so that a row is looked up once for all of them. Each call's
 * function gets the first of equal arguments that pass its filter, and loses it with the last.
 */
final class DistinctCalls {
  /** What calls must have in common. */
  private record Arguments(List<Integer> columns, List<DataType> types, boolean retracting) {}

  private final List<AggregateCall> calls;

  /** Each call's place among all calls of the operator. */
  private final int[] places;

  private final DistinctValues values;

  private DistinctCalls(Arguments arguments, List<AggregateCall> all, List<Integer> places) {
    this.calls = places.stream().map(all::get).toList();
    this.places = places.stream().mapToInt(Integer::intValue).toArray();
    this.values = new DistinctValues(arguments.types(), calls.size(), arguments.retracting());
  }

  /** Those of the calls that are DISTINCT, by their arguments. */
  static List<DistinctCalls> of(List<AggregateCall> all) {
    Map<Arguments, List<Integer>> sharing = new LinkedHashMap<>();
    List<DistinctCalls> sets = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      AggregateCall call = all.get(i);
      if (call.distinct()) {
        Arguments arguments =
            new Arguments(call.arguments(), call.argumentTypes(), call.retracting());
        List<Integer> places = sharing.computeIfAbsent(arguments, key -> new ArrayList<>());
        places.add(i);
        if (places.size() == DistinctValues.MAX_WAYS) {
          sets.add(new DistinctCalls(arguments, all, sharing.remove(arguments)));
        }
      }
    }
    sharing.forEach((arguments, places) -> sets.add(new DistinctCalls(arguments, all, places)));
    return sets;
  }

  /** Whether the call at this place is one of these. */
  boolean contains(int place) {
    return IntStream.of(places).anyMatch(each -> each == place);
  }

  DistinctValues values() {
    return values;
  }

  /** Adds rows of a batch, or takes them back, and tells each call's function what is new. */
  void add(Batch batch, GroupedRows rows, Accumulator[] functions) {
    long[] in = new long[rows.count()];
    for (int way = 0; way < places.length; way++) {
      int filter = calls.get(way).filter();
      markWhere(filter < 0 ? null : (BooleanVector) batch.column(filter), rows, 1L << way, in);
    }
    GroupedRows counting = rows;
    if (calls.stream().allMatch(call -> call.filter() >= 0)) {
      boolean[] kept = new boolean[in.length];
      for (int i = 0; i < in.length; i++) {
        kept[i] = in[i] != 0;
      }
      counting = rows.where(kept);
      in = LongStream.of(in).filter(ways -> ways != 0).toArray();
    }
    Vector[] arguments = calls.get(0).arguments(batch);
    tell(functions, arguments, values.add(arguments, counting, in));
  }

  private static void markWhere(BooleanVector filter, GroupedRows rows, long bit, long[] in) {
    if (filter == null) {
      for (int i = 0; i < in.length; i++) {
        in[i] |= bit;
      }
      return;
    }
    boolean[] values = filter.values();
    boolean[] nulls = filter.nulls();
    int[] positions = rows.rows();
    for (int i = 0; i < in.length; i++) {
      int row = positions[i];
      in[i] |= values[row] && (nulls == null || !nulls[row]) ? bit : 0;
    }
  }

  private void tell(Accumulator[] functions, Vector[] arguments, List<GroupedRows> changed) {
    for (int way = 0; way < places.length; way++) {
      functions[places[way]].add(arguments, changed.get(way));
    }
  }

  /** Adds values that were known elsewhere, and tells each call's function what is new. */
  void merge(MapVector maps, int[] rows, int[] groups, int count, Accumulator[] functions) {
    tell(functions, values.columns(maps), values.merge(maps, rows, groups, count));
  }

  /**
   * Like {@link #merge(MapVector, int[], int[], int, Accumulator[])}, for functions with groups of
   * their own.
   *
   * @param functionGroup the functions' group for each group of values
   */
  void merge(
      MapVector maps,
      int[] rows,
      int[] groups,
      int count,
      int[] functionGroup,
      Accumulator[] functions) {
    List<GroupedRows> changed = new ArrayList<>();
    for (GroupedRows each : values.merge(maps, rows, groups, count)) {
      changed.add(each.inGroups(functionGroup));
    }
    tell(functions, values.columns(maps), changed);
  }
}
