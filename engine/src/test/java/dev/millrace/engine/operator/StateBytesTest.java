package dev.millrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.aggregate.IncrementalAggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.IntBuilder;
import dev.millrace.engine.batch.LongBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.TimestampBuilder;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.operator.aggregate.GroupAggregate;
import dev.millrace.engine.operator.aggregate.IncrementalGroupAggregate;
import dev.millrace.engine.operator.aggregate.LocalGroupAggregate;
import dev.millrace.engine.operator.join.IntervalJoin;
import dev.millrace.engine.operator.join.JoinSpec;
import dev.millrace.engine.operator.join.JoinType;
import dev.millrace.engine.operator.join.StreamJoin;
import dev.millrace.engine.operator.join.WindowJoin;
import dev.millrace.engine.operator.over.Constants;
import dev.millrace.engine.operator.over.OverAggregate;
import dev.millrace.engine.operator.over.SortedOverAggregate;
import dev.millrace.engine.operator.rank.ChangelogNormalize;
import dev.millrace.engine.operator.rank.Deduplicate;
import dev.millrace.engine.operator.rank.FirstArrivals;
import dev.millrace.engine.operator.rank.FirstInTime;
import dev.millrace.engine.operator.rank.Rank;
import dev.millrace.engine.operator.rank.WindowRank;
import dev.millrace.engine.operator.sink.ConflictMaterializer;
import dev.millrace.engine.operator.sink.PrimaryKeyRows;
import dev.millrace.engine.operator.sink.UpsertMaterializer;
import dev.millrace.engine.operator.sort.ProcessingTimeSort;
import dev.millrace.engine.operator.sort.RowTimeSort;
import dev.millrace.engine.operator.sort.Sort;
import dev.millrace.engine.operator.sort.SortSpec;
import dev.millrace.engine.operator.window.RowTime;
import dev.millrace.engine.operator.window.SessionAggregate;
import dev.millrace.engine.operator.window.SessionSpec;
import dev.millrace.engine.operator.window.SessionTableFunction;
import dev.millrace.engine.operator.window.SliceSpec;
import dev.millrace.engine.operator.window.WindowAggregate;
import dev.millrace.engine.operator.window.Windows;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.time.SimulatedClock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators say that their state takes in memory, against what their objects take. */
class StateBytesTest {
  private static final int ROWS = 40_000;
  private static final int KEYS = 10_000;
  private static final int BATCH = 1000;
  private static final int TTL = 1000;

  /** What is said may be off by so much, and by what buffers for a batch take. */
  private static final int PERCENT = 10;

  private static final long BUFFERS = 48 << 10;

  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType STRING = DataType.string();
  private static final DataType INT = DataType.of(TypeRoot.INT).withNullable(false);
  private static final DataType TIME = DataType.of(TypeRoot.TIMESTAMP, 3);

  /** The columns: a number that is rarely there twice, then two keys. */
  private static final int VALUE = 0;

  private static final int NUMBER_KEY = 1;
  private static final int STRING_KEY = 2;

  /** When the row is, and the end of its window. */
  private static final int ROW_TIME = 3;

  private static final int WINDOW_END = 4;
  private static final int THREE = 5;
  private static final List<DataType> TYPES = List.of(BIGINT, BIGINT, STRING, TIME, TIME, INT);
  private static final DataType ROW = DataType.rowOf(TYPES);
  private static final List<SortColumn> BY_VALUE =
      List.of(new SortColumn(VALUE, BIGINT, true, false));
  private static final Constants NO_CONSTANTS = new Constants(List.of());

  /** What makes the operator forget half of what it has. */
  private enum Less {
    DELETES,
    WATERMARK,
    EXPIRY
  }

  private record Case(String name, int inputs, Less less, Supplier<Operator> operator) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case one(String name, Less less, Supplier<Operator> operator) {
    return new Case(name, 1, less, operator);
  }

  static Stream<Case> operators() {
    return Stream.of(
            aggregates(), windows(), sorts(), sinks(), overs(), ranks(), deduplications(), joins())
        .flatMap(cases -> cases);
  }

  private static AggregateCall call(
      String function, int column, boolean distinct, boolean retracting) {
    DataType type = function.equals("COUNT") ? BIGINT : TYPES.get(column);
    return new AggregateCall(
        function,
        List.of(column),
        List.of(TYPES.get(column)),
        -1,
        distinct,
        retracting,
        false,
        type);
  }

  private static List<AggregateCall> calls(boolean retracting) {
    return List.of(
        call("SUM", VALUE, false, retracting),
        call("AVG", VALUE, false, retracting),
        call("MAX", STRING_KEY, false, retracting),
        call("COUNT", VALUE, true, retracting));
  }

  private static GroupAggregate.Spec group(int key, int results, boolean retracting, long ttl) {
    List<DataType> resultTypes = List.of(BIGINT, BIGINT, STRING, BIGINT).subList(0, results);
    return new GroupAggregate.Spec(
        List.of(key), List.of(TYPES.get(key)), resultTypes, false, retracting, true, ttl);
  }

  private static Stream<Case> aggregates() {
    return Stream.of(
        one(
            "GroupAggregate, retracting",
            Less.DELETES,
            () -> new GroupAggregate(group(NUMBER_KEY, 4, true, 0), new Aggregates(calls(true)))),
        one(
            "GroupAggregate, expiring",
            Less.EXPIRY,
            () ->
                new GroupAggregate(
                    group(STRING_KEY, 1, false, TTL),
                    new Aggregates(List.of(call("COUNT", VALUE, false, false))))),
        one(
            "GroupAggregate, ARRAY_AGG",
            Less.DELETES,
            () ->
                new GroupAggregate(
                    new GroupAggregate.Spec(
                        List.of(NUMBER_KEY),
                        List.of(BIGINT),
                        List.of(DataType.array(BIGINT)),
                        false,
                        true,
                        true,
                        0),
                    new Aggregates(
                        List.of(
                            new AggregateCall(
                                "ARRAY_AGG",
                                List.of(VALUE),
                                List.of(BIGINT),
                                -1,
                                false,
                                true,
                                false,
                                DataType.array(BIGINT)))))),
        one("IncrementalGroupAggregate", Less.EXPIRY, StateBytesTest::incremental));
  }

  private static Operator incremental() {
    List<AggregateCall> calls = List.of(call("COUNT", VALUE, true, false));
    return new Pipeline(
        new LocalGroupAggregate(
            new LocalGroupAggregate.Spec(List.of(STRING_KEY), List.of(STRING), false),
            new Aggregates(calls)),
        new IncrementalGroupAggregate(
            new IncrementalGroupAggregate.Spec(List.of(STRING), List.of(0), false, TTL),
            new IncrementalAggregates(calls)));
  }

  private static RowTime rowTime() {
    return new RowTime(RowTime.Kind.ROW_TIME, ROW_TIME, ZoneOffset.UTC);
  }

  private static Operator windowAggregate(int key, Windows windows, boolean retracting) {
    SliceSpec spec =
        new SliceSpec(
            List.of(key),
            List.of(TYPES.get(key)),
            calls(retracting),
            rowTime(),
            windows,
            retracting);
    return new WindowAggregate(spec, false, List.of());
  }

  private static Stream<Case> windows() {
    SessionSpec sessions = new SessionSpec(List.of(NUMBER_KEY), List.of(BIGINT), rowTime(), 5);
    return Stream.of(
        one(
            "WindowAggregate, large slices",
            Less.WATERMARK,
            () -> windowAggregate(STRING_KEY, Windows.tumble(ROWS / 4, 0), true)),
        one(
            "WindowAggregate, small slices",
            Less.WATERMARK,
            () -> windowAggregate(NUMBER_KEY, Windows.hop(1000, 50, 0), false)),
        one(
            "WindowAggregate, growing windows",
            Less.WATERMARK,
            () -> windowAggregate(NUMBER_KEY, Windows.cumulate(ROWS, 1000, 0), false)),
        one(
            "SessionAggregate",
            Less.WATERMARK,
            () -> new SessionAggregate(sessions, calls(true), true, List.of())),
        one("SessionTableFunction", Less.WATERMARK, () -> new SessionTableFunction(sessions, ROW)));
  }

  private static Stream<Case> sorts() {
    SortSpec byTime = new SortSpec(TYPES, List.of(new SortColumn(ROW_TIME, TIME, true, false)));
    return Stream.of(
        one("Sort", Less.DELETES, () -> new Sort(new SortSpec(TYPES, BY_VALUE))),
        one("RowTimeSort", Less.WATERMARK, () -> new RowTimeSort(byTime)),
        one("ProcessingTimeSort", Less.EXPIRY, () -> new ProcessingTimeSort(byTime)));
  }

  private static Stream<Case> sinks() {
    PrimaryKeyRows.Spec spec =
        new PrimaryKeyRows.Spec(TYPES, List.of(STRING_KEY), List.of(VALUE), TTL);
    PrimaryKeyRows.Spec withoutUpsertKey =
        new PrimaryKeyRows.Spec(TYPES, List.of(NUMBER_KEY), List.of(), 0);
    return Stream.of(
        one("UpsertMaterializer, deletes", Less.DELETES, () -> new UpsertMaterializer(spec)),
        one("UpsertMaterializer, expiring", Less.EXPIRY, () -> new UpsertMaterializer(spec)),
        one(
            "UpsertMaterializer, no upsert key",
            Less.DELETES,
            () -> new UpsertMaterializer(withoutUpsertKey)),
        one(
            "ConflictMaterializer",
            Less.WATERMARK,
            () -> new ConflictMaterializer(spec, List.of("s"), false)));
  }

  private static OverAggregate.Spec over(boolean isRows, long ttl) {
    return new OverAggregate.Spec(TYPES, List.of(NUMBER_KEY), ROW_TIME, isRows, 1, ttl);
  }

  /** LAG of the number by three rows. */
  private static List<AggregateCall> lag(boolean retracting) {
    return List.of(
        new AggregateCall(
            "LAG",
            List.of(VALUE, THREE),
            List.of(BIGINT, INT),
            -1,
            false,
            retracting,
            false,
            BIGINT));
  }

  private static Stream<Case> overs() {
    return Stream.of(
        one(
            "OverAggregate, ROWS",
            Less.WATERMARK,
            () ->
                new OverAggregate(
                    over(true, 0),
                    new Aggregates(List.of(call("SUM", VALUE, false, true))),
                    NO_CONSTANTS)),
        one(
            "OverAggregate, RANGE",
            Less.WATERMARK,
            () ->
                new OverAggregate(
                    over(false, 0),
                    new Aggregates(List.of(call("MAX", STRING_KEY, false, true))),
                    NO_CONSTANTS)),
        one(
            "OverAggregate, LAG",
            Less.WATERMARK,
            () ->
                new OverAggregate(
                    new OverAggregate.Spec(TYPES, List.of(STRING_KEY), ROW_TIME, true, -1, 0),
                    new Aggregates(lag(false)),
                    NO_CONSTANTS)),
        one(
            "SortedOverAggregate",
            Less.DELETES,
            () ->
                new SortedOverAggregate(
                    new SortedOverAggregate.Spec(
                        TYPES, List.of(STRING_KEY), BY_VALUE, true, List.of(BIGINT), 0),
                    new Aggregates(lag(true)),
                    NO_CONSTANTS)));
  }

  private static Rank.Spec rank(Rank.Strategy strategy, int endColumn, long ttl) {
    boolean updates = strategy == Rank.Strategy.UPDATE;
    return new Rank.Spec(
        TYPES,
        List.of(NUMBER_KEY),
        BY_VALUE,
        strategy,
        updates ? List.of(VALUE) : List.of(),
        1,
        3,
        endColumn,
        false,
        true,
        ttl);
  }

  private static Stream<Case> ranks() {
    Rank.Spec ofWindow =
        new Rank.Spec(
            TYPES,
            List.of(NUMBER_KEY, WINDOW_END),
            BY_VALUE,
            Rank.Strategy.APPEND,
            List.of(),
            1,
            3,
            -1,
            false,
            false,
            0);
    return Stream.of(
        one("Rank, retracting", Less.DELETES, () -> new Rank(rank(Rank.Strategy.RETRACT, -1, 0))),
        one(
            "Rank, updated by key",
            Less.EXPIRY,
            () -> new Rank(rank(Rank.Strategy.UPDATE, -1, TTL))),
        one(
            "Rank, end by column",
            Less.EXPIRY,
            () -> new Rank(rank(Rank.Strategy.APPEND, THREE, TTL))),
        one(
            "WindowRank",
            Less.WATERMARK,
            () -> new WindowRank(ofWindow, WINDOW_END, ZoneOffset.UTC)));
  }

  private static Stream<Case> deduplications() {
    List<Integer> key = List.of(STRING_KEY);
    return Stream.of(
        one(
            "FirstArrivals",
            Less.EXPIRY,
            () -> new FirstArrivals(List.of(VALUE), List.of(BIGINT), TTL)),
        one(
            "Deduplicate",
            Less.EXPIRY,
            () -> new Deduplicate(new Deduplicate.Spec(TYPES, key, ROW_TIME, true, true, TTL))),
        one(
            "FirstInTime",
            Less.WATERMARK,
            () ->
                new FirstInTime(
                    new Deduplicate.Spec(TYPES, List.of(VALUE), ROW_TIME, false, false, TTL))),
        one(
            "ChangelogNormalize",
            Less.DELETES,
            () ->
                new ChangelogNormalize(
                    new ChangelogNormalize.Spec(TYPES, List.of(VALUE), true, 0), null)));
  }

  private static JoinSpec join(JoinType type, int key) {
    return new JoinSpec(type, ROW, ROW, List.of(key), List.of(key), List.of(true));
  }

  private static Case joinOf(List<Integer> uniqueKey, int key, Less less, long ttl) {
    StreamJoin.Side side = new StreamJoin.Side(uniqueKey, ttl);
    return new Case(
        "StreamJoin, %s, unique %s".formatted(less, uniqueKey),
        2,
        less,
        () -> new StreamJoin(join(JoinType.LEFT, key), side, side, null));
  }

  private static Stream<Case> joins() {
    return Stream.of(
        joinOf(List.of(), NUMBER_KEY, Less.WATERMARK, 0),
        joinOf(List.of(), NUMBER_KEY, Less.DELETES, 0),
        joinOf(List.of(VALUE), STRING_KEY, Less.DELETES, 0),
        joinOf(List.of(VALUE), VALUE, Less.DELETES, 0),
        joinOf(List.of(VALUE), VALUE, Less.EXPIRY, TTL),
        new Case(
            "IntervalJoin",
            2,
            Less.WATERMARK,
            () ->
                new IntervalJoin(
                    join(JoinType.FULL, STRING_KEY),
                    new IntervalJoin.Interval(-5, 5, ROW_TIME, ROW_TIME),
                    null)),
        new Case(
            "WindowJoin",
            2,
            Less.WATERMARK,
            () ->
                new WindowJoin(
                    join(JoinType.FULL, NUMBER_KEY),
                    List.of(WINDOW_END, WINDOW_END),
                    ZoneOffset.UTC,
                    null)));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void bytesAreWhatObjectsTake(Case each) {
    SimulatedClock clock = new SimulatedClock(Duration.ofDays(1));
    Operator operator = each.operator().get();
    operator.open(new World(clock));
    long constant = DeepSize.of(operator) - bytes(operator);
    feed(operator, each, 0, ROWS / 2, RowKind.INSERT);
    check(operator, constant);
    assertThat(bytes(operator)).isGreaterThan(4 * BUFFERS);
    feed(operator, each, ROWS / 2, ROWS, RowKind.INSERT);
    check(operator, constant);
    switch (each.less()) {
      case DELETES -> feed(operator, each, 0, ROWS / 2, RowKind.DELETE);
      case WATERMARK -> operator.watermark(ROWS / 2);
      case EXPIRY -> {
        clock.advance(Duration.ofMillis(2 * TTL));
        for (int i = 0; i < 4; i++) {
          operator.tick();
        }
      }
    }
    check(operator, constant);
    feed(operator, each, ROWS, ROWS + ROWS / 2, RowKind.INSERT);
    check(operator, constant);
  }

  /** {@code constant} is what the operator takes besides its state. */
  private static void check(Operator operator, long constant) {
    long taken = DeepSize.of(operator) - constant;
    assertThat(bytes(operator)).isCloseTo(taken, within(BUFFERS + taken * PERCENT / 100));
  }

  private static long bytes(Operator operator) {
    return operator.state().stream().mapToLong(StateTable::bytes).sum();
  }

  private static void feed(Operator operator, Case each, int from, int to, RowKind kind) {
    for (int start = from; start < to; start += BATCH) {
      for (int input = 0; input < each.inputs(); input++) {
        operator.process(input, batch(start, Math.min(to, start + BATCH), kind));
      }
    }
  }

  private static Batch batch(int from, int to, RowKind kind) {
    BatchBuilder builder = new BatchBuilder(ROW);
    for (int row = from; row < to; row++) {
      // Neighbours are of different keys, which come again in another order.
      long key = row * 7919L % KEYS;
      ((LongBuilder) builder.column(VALUE)).append(row);
      ((LongBuilder) builder.column(NUMBER_KEY)).append(key);
      ((BytesBuilder) builder.column(STRING_KEY)).append("the key number " + key);
      ((TimestampBuilder) builder.column(ROW_TIME)).append(row);
      ((TimestampBuilder) builder.column(WINDOW_END)).append((row / 500 + 1) * 500L);
      ((IntBuilder) builder.column(THREE)).append(3);
      builder.endRow(kind);
    }
    return builder.build();
  }

  /** What is around an operator whose output nobody wants. */
  private record World(Clock clock) implements OperatorContext, Output {
    @Override
    public String name() {
      return "Operator";
    }

    @Override
    public int subtask() {
      return 0;
    }

    @Override
    public int parallelism() {
      return 1;
    }

    @Override
    public Output output() {
      return this;
    }

    @Override
    public EvaluationContext evaluation() {
      return new EvaluationContext(ZoneOffset.UTC, clock);
    }

    @Override
    public Counter counter(String name) {
      return new Counter();
    }

    @Override
    public void emit(Batch batch) {}

    @Override
    public void emitWatermark(long timestamp) {}

    @Override
    public void emitIdle(boolean idle) {}
  }
}
