package dev.millrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.checkpoint.StateRestore;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.key.KeyGroups;
import dev.millrace.engine.key.KeyHash;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.spill.MemoryBudget;
import dev.millrace.engine.spill.SpillFolder;
import dev.millrace.engine.spill.SpillableOperator;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Drives an operator as the runtime does, in as many ways as it can happen: small and large
 * batches, one or several instances, inputs in any interleaving, snapshots restored into fresh
 * instances, at another parallelism, between any two inputs. Whatever the way, the result must be
 * the same.
 *
 * <p>After every event the harness checks that what the operator takes back is there. Saving a
 * table that is not restored fails, too.
 */
public final class OperatorHarness {
  private static final int[] BATCH_SIZES = {1, 7, 1024};

  /** So many scripts need one that is run from disk: files are slow. */
  private static final int SPILLED_ONE_IN = 100;

  /** Something that happens to the operator. */
  public sealed interface Event {
    /** A row of an input; {@code values} as {@link Values} has them. */
    record Row(int input, RowKind kind, List<Object> values) implements Event {}

    /** An input's watermark rises; the operator sees the minimum. */
    record Watermark(int input, long timestamp) implements Event {}

    /** So many milliseconds pass. */
    record Time(long millis) implements Event {}
  }

  /**
   * An input.
   *
   * @param row its ROW
   * @param key the columns that its rows are distributed by
   */
  public record Input(DataType row, List<Integer> key) {}

  /** How to drive: the number of instances until and after each snapshot is drawn from the seed. */
  private record Way(int batchSize, boolean snapshots, boolean spills, long seed) {}

  private final Supplier<Operator> operators;
  private final List<Input> inputs;
  private final DataType output;
  private final List<Integer> upsertKey;
  private Map<String, Counter> lastCounters = Map.of();

  /**
   * {@code upsertKey} tells which columns name the row that an update replaces, for operators that
   * emit no {@code -U}; null for those that do.
   */
  public OperatorHarness(
      Supplier<Operator> operators, List<Input> inputs, DataType output, List<Integer> upsertKey) {
    this.operators = operators;
    this.inputs = inputs;
    this.output = output;
    this.upsertKey = upsertKey;
  }

  /**
   * Runs the events in several ways, each of which must give the rows expected, in any order.
   * Inputs end after the last event.
   */
  public void check(List<Event> events, List<List<Object>> expected, long seed) {
    for (int batchSize : BATCH_SIZES) {
      check(new Way(batchSize, false, false, seed), events, expected);
      check(new Way(batchSize, true, false, seed), events, expected);
    }
  }

  /** The same for one of many scripts: each goes half of the ways, its neighbour the others. */
  public void checkRandom(List<Event> events, List<List<Object>> expected, long seed) {
    RandomCases.count(operators.get().getClass());
    for (int i = 0; i < BATCH_SIZES.length; i++) {
      boolean snapshots = (seed + i) % 2 == 0;
      check(new Way(BATCH_SIZES[i], snapshots, false, seed), events, expected);
    }
    if (seed % SPILLED_ONE_IN == 0) {
      check(new Way(BATCH_SIZES[2], true, true, seed), events, expected);
    }
  }

  private void check(Way way, List<Event> events, List<List<Object>> expected) {
    assertThat(new Run(way).run(events))
        .as("batches of %d, %s", way.batchSize(), way)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The sum of all instances' counters of this name in the last run. */
  public long total(String counter) {
    Counter total = lastCounters.get(counter);
    return total == null ? 0 : total.get();
  }

  /** All that one instance emits, in order; with rows of all kinds. */
  public List<Map.Entry<RowKind, List<Object>>> changelog(List<Event> events, int batchSize) {
    Run run = new Run(new Way(batchSize, false, false, 0));
    run.run(events);
    return run.changes;
  }

  private final class Run {
    private final Way way;
    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final List<Map.Entry<RowKind, List<Object>>> changes = new ArrayList<>();
    private final Map<List<Object>, Integer> rows = new HashMap<>();
    private final Map<List<Object>, List<Object>> rowsByKey = new HashMap<>();
    private final Map<String, Counter> counters = new HashMap<>();
    private final long[] watermarks = new long[inputs.size()];
    private final List<List<Event.Row>> waiting = new ArrayList<>();
    private final SpillFolder folder =
        new SpillFolder(Path.of(System.getProperty("java.io.tmpdir")));
    private List<Instance> instances;
    private StoredOperator base;
    private Saved saved;
    private long watermark = Watermarks.NONE;

    Run(Way way) {
      this.way = way;
      this.random = new Random(way.seed());
      Arrays.fill(watermarks, Watermarks.NONE);
      inputs.forEach(input -> waiting.add(new ArrayList<>()));
      start();
    }

    private void start() {
      instances = open(parallelism());
      saveBase();
    }

    /** From here on all that the instances are given is logged. */
    private void saveBase() {
      instances.forEach(Instance::endOfEpoch);
      base = new StoredOperator();
      instances.forEach(base::save);
    }

    private int parallelism() {
      boolean keyed = inputs.stream().noneMatch(input -> input.key().isEmpty());
      return keyed && way.snapshots() ? 1 + random.nextInt(3) : 1;
    }

    List<List<Object>> run(List<Event> events) {
      int next = 0;
      while (next < events.size()) {
        accept(events.get(next++));
        if (way.snapshots() && random.nextInt(20) == 0) {
          saveBase();
        }
        if (saved == null && way.snapshots() && random.nextInt(10) == 0) {
          flushAll();
          instances.forEach(Instance::endOfEpoch);
          saved = new Saved(next);
        }
        if (saved != null && random.nextInt(4) > 0) {
          // What the old instances have done since then must not show in the snapshot.
          flushAll();
          next = saved.restore();
          saved = null;
        }
      }
      flushAll();
      for (int input = 0; input < inputs.size(); input++) {
        accept(new Event.Watermark(input, Watermarks.END));
        for (Instance instance : instances) {
          instance.endOfInput(input);
        }
      }
      instances.forEach(Instance::close);
      folder.close();
      lastCounters = counters;
      return result();
    }

    private void accept(Event event) {
      if (event instanceof Event.Row row) {
        waiting.get(row.input()).add(row);
        if (waiting.get(row.input()).size() == way.batchSize()) {
          flush(row.input());
        }
      } else if (event instanceof Event.Watermark mark) {
        flush(mark.input());
        watermarks[mark.input()] = Math.max(watermarks[mark.input()], mark.timestamp());
        long lowest = Arrays.stream(watermarks).min().orElseThrow();
        if (lowest > watermark) {
          // The operator may see no row of another input after a watermark that came before it.
          flushAll();
          watermark = lowest;
          instances.forEach(instance -> instance.watermark(lowest));
        }
      } else if (event instanceof Event.Time time) {
        flushAll();
        clock.millis += time.millis();
        instances.forEach(Instance::tick);
      }
    }

    private void flushAll() {
      for (int input = 0; input < inputs.size(); input++) {
        flush(input);
      }
    }

    private void flush(int input) {
      List<Event.Row> batch = waiting.get(input);
      if (batch.isEmpty()) {
        return;
      }
      Batch all = batch(inputs.get(input).row(), batch);
      int[] owners = owners(inputs.get(input).row(), inputs.get(input).key(), all);
      for (int instance = 0; instance < instances.size(); instance++) {
        Batch own = all.take(positions(owners, instance));
        if (own.rowCount() > 0) {
          instances.get(instance).process(input, own);
        }
      }
      batch.clear();
    }

    private int[] owners(DataType row, List<Integer> key, Batch batch) {
      if (key.isEmpty()) {
        return new int[batch.rowCount()];
      }
      int[] hashes = new KeyHash(row, key).hash(batch);
      return Arrays.stream(hashes)
          .map(hash -> KeyGroups.instance(KeyGroups.of(hash), instances.size()))
          .toArray();
    }

    /** A snapshot, and what the world around the operator was like at that moment. */
    private final class Saved {
      private final StoredOperator snapshot;
      private final int next;
      private final int changeCount = changes.size();
      private final Map<List<Object>, Integer> rowsThen = new HashMap<>(rows);
      private final Map<List<Object>, List<Object>> rowsByKeyThen = new HashMap<>(rowsByKey);
      private final Map<String, Long> countersThen = new HashMap<>();
      private final long[] watermarksThen = watermarks.clone();
      private final long watermarkThen = watermark;
      private final long millisThen = clock.millis;

      /** {@code next} is the first event after it. */
      Saved(int next) {
        this.next = next;
        counters.forEach((name, counter) -> countersThen.put(name, counter.get()));
        if (random.nextBoolean()) {
          saveBase();
        }
        snapshot = base.withLogs(instances);
      }

      /** Goes on from there with other instances; returns the next event. */
      int restore() {
        instances.forEach(Instance::close);
        changes.subList(changeCount, changes.size()).clear();
        replace(rows, rowsThen);
        replace(rowsByKey, rowsByKeyThen);
        counters.forEach((name, counter) -> counter.set(countersThen.getOrDefault(name, 0L)));
        System.arraycopy(watermarksThen, 0, watermarks, 0, watermarks.length);
        watermark = watermarkThen;
        clock.millis = millisThen;
        instances = open(parallelism());
        snapshot.restore(
            Run.this::openForReplay,
            new StateRestore(
                instances.stream().map(instance -> instance.operator().state()).toList()));
        saveBase();
        List<String> tables =
            instances.get(0).operator().state().stream().map(StateTable::name).toList();
        assertThat(tables).doesNotHaveDuplicates();
        if (watermark > Watermarks.NONE) {
          instances.forEach(instance -> instance.watermark(watermark));
        }
        return next;
      }

      private static <K, V> void replace(Map<K, V> content, Map<K, V> by) {
        content.clear();
        content.putAll(by);
      }
    }

    private List<Instance> open(int count) {
      List<Instance> opened = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Operator operator = way.spills() ? spilling() : operators.get();
        operator.open(new Context(i, count, this, clock, counters, null));
        opened.add(new Instance(operator, inputs.stream().map(Input::row).toList(), clock));
      }
      return opened;
    }

    /** An operator that has no memory to speak of. */
    private Operator spilling() {
      return new SpillableOperator(
          operators,
          inputs.stream().map(Input::row).toList(),
          inputs.stream().map(Input::key).toList(),
          new MemoryBudget(1),
          folder);
    }

    /** An operator whose output is not part of the run's. */
    private Operator openForReplay(Clock replayClock, Output output) {
      Operator operator = operators.get();
      operator.open(new Context(0, 1, this, replayClock, new HashMap<>(), output));
      return operator;
    }

    /** Applies a change to what the consumer has. */
    private void change(RowKind kind, List<Object> row) {
      changes.add(Map.entry(kind, row));
      boolean added = kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
      if (upsertKey != null) {
        List<Object> key =
            upsertKey.stream().map(row::get).collect(ArrayList::new, List::add, List::addAll);
        if (added) {
          rowsByKey.put(key, row);
        } else {
          assertThat(rowsByKey.remove(key)).as("row taken back: %s %s", kind, row).isNotNull();
        }
        return;
      }
      if (!added) {
        assertThat(rows).as("row taken back: %s %s, %s", kind, row, way).containsKey(row);
      }
      rows.merge(row, added ? 1 : -1, (a, b) -> a + b == 0 ? null : a + b);
    }

    private List<List<Object>> result() {
      List<List<Object>> result = new ArrayList<>(rowsByKey.values());
      rows.forEach((row, count) -> IntStream.range(0, count).forEach(i -> result.add(row)));
      return result;
    }
  }

  private static Batch batch(DataType row, List<Event.Row> rows) {
    BatchBuilder builder = new BatchBuilder(row);
    for (Event.Row each : rows) {
      for (int column = 0; column < each.values().size(); column++) {
        Values.append(builder.column(column), row.child(column), each.values().get(column));
      }
      builder.endRow(each.kind());
    }
    return builder.build();
  }

  private static Positions positions(int[] owners, int instance) {
    int[] own = IntStream.range(0, owners.length).filter(i -> owners[i] == instance).toArray();
    return Positions.of(own, own.length);
  }

  private static final class ManualClock implements Clock {
    private long millis = 1_000_000_000_000L;

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public long nanoTime() {
      return millis * 1_000_000;
    }
  }

  /** Hands what an instance emits to the run, or to another output. */
  private final class Context implements OperatorContext, Output {
    private final int subtask;
    private final int parallelism;
    private final Run run;
    private final Clock clock;
    private final Map<String, Counter> counters;
    private final Output other;
    private final EvaluationContext evaluation;

    Context(
        int subtask,
        int parallelism,
        Run run,
        Clock clock,
        Map<String, Counter> counters,
        Output other) {
      this.subtask = subtask;
      this.parallelism = parallelism;
      this.run = run;
      this.clock = clock;
      this.counters = counters;
      this.other = other;
      this.evaluation = new EvaluationContext(ZoneOffset.UTC, clock);
    }

    @Override
    public String name() {
      return "Operator";
    }

    @Override
    public int subtask() {
      return subtask;
    }

    @Override
    public int parallelism() {
      return parallelism;
    }

    @Override
    public Output output() {
      return other == null ? this : other;
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public EvaluationContext evaluation() {
      return evaluation;
    }

    @Override
    public Counter counter(String name) {
      return counters.computeIfAbsent(name, key -> new Counter());
    }

    @Override
    public void emit(Batch batch) {
      for (int i = 0; i < batch.rowCount(); i++) {
        List<Object> row = new ArrayList<>();
        for (int column = 0; column < batch.columnCount(); column++) {
          row.add(Values.get(batch.column(column), output.child(column), i));
        }
        run.change(batch.rowKind(i), row);
      }
    }

    @Override
    public void emitWatermark(long timestamp) {}

    @Override
    public void emitIdle(boolean idle) {}
  }
}
