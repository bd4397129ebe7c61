package dev.millrace.engine.spill;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.InputEvents;
import dev.millrace.engine.checkpoint.InputLog;
import dev.millrace.engine.checkpoint.SpillFile;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.key.KeyHash;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An operator whose state may be larger than memory. As long as all fits it is the operator itself;
 * from then on it consists of shards.
 *
 * <p>Rows for a shard that is on disk wait until they are many, so that bringing it in and putting
 * it out is shared by many rows (as in a grace hash join: Kitsuregawa, Tanaka and Moto-oka, 1983).
 * They do not wait over the end of an epoch, nor for long when there is little to do.
 */
public final class SpillableOperator implements Operator {
  /** What may wait for a shard that is in memory. */
  private static final long BATCH_BYTES = 64 << 10;

  /** The part of an operator's memory that is for what waits. */
  private static final int WAITING_PART = 2;

  /** How much state is brought in that little waits for, in bytes: some of the time is for it. */
  private static final long BYTES_PER_MILLISECOND = 64 << 10;

  private final Supplier<Operator> operators;
  private final List<DataType> inputs;
  private final List<KeyHash> keys;
  private final MemoryBudget budget;
  private final SpillFolder folder;
  private OperatorContext context;
  private MemoryBudget.Share share;
  private List<StateTable> tables;
  private boolean spillable;
  private long watermark = Watermarks.NONE;
  private final List<Integer> ended = new ArrayList<>();

  /** The tables that have come back of a snapshot, as long as nothing else has come. */
  private final Set<String> restored = new HashSet<>();

  private final Set<TableInfo> restoredShared = new LinkedHashSet<>();

  private boolean running;

  /** All of it, as long as it fits into memory; then null. */
  private Operator whole;

  private List<Shard> shards;
  private boolean emitsOnTick;
  private ShardOutputs outputs;
  private Dealing restoring;

  /** Brings together what several instances say to all, while rows are restored; or null. */
  private Operator shared;

  private long uses;
  private int nextTurn;
  private long nextTurnMillis;

  /**
   * An operator that takes its part of a budget.
   *
   * @param inputs the rows of each input
   * @param keys the columns of each that its rows are distributed by
   */
  public SpillableOperator(
      Supplier<Operator> operators,
      List<DataType> inputs,
      List<List<Integer>> keys,
      MemoryBudget budget,
      SpillFolder folder) {
    this.operators = operators;
    this.inputs = List.copyOf(inputs);
    this.keys = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      this.keys.add(new KeyHash(inputs.get(i), keys.get(i)));
    }
    this.budget = budget;
    this.folder = folder;
  }

  @Override
  public void open(OperatorContext newContext) {
    context = newContext;
    whole = operators.get();
    whole.open(context);
    tables =
        whole.state().stream().<StateTable>map(table -> new SpillableTable(this, table)).toList();
    spillable =
        !tables.isEmpty()
            && tables.stream().allMatch(table -> table.shared() || !table.key().isEmpty())
            && inputs.stream().allMatch(InputLog::supports);
    if (spillable) {
      share = budget.share();
    }
  }

  @Override
  public void process(int input, Batch batch) {
    run();
    if (whole != null) {
      whole.process(input, batch);
      account();
      return;
    }
    long now = context.clock().millis();
    Shards.split(
        batch,
        keys.get(input),
        (shard, rows) -> {
          InputEvents work = shards.get(shard).work();
          work.time(now);
          work.process(input, rows);
        });
    for (Shard shard : shards) {
      if (shard.inMemory() && shard.waitingBytes() > BATCH_BYTES) {
        drain(shard);
      }
    }
    while (waitingBytes() > share.limit() / WAITING_PART) {
      drain(shards.stream().max(Comparator.comparingLong(Shard::waitingBytes)).orElseThrow());
    }
  }

  private long waitingBytes() {
    return shards.stream().mapToLong(Shard::waitingBytes).sum();
  }

  private void account() {
    if (!spillable) {
      return;
    }
    share.set(whole.state().stream().mapToLong(StateTable::bytes).sum());
    if (share.isOver()) {
      split();
    }
  }

  /** Puts all of it out, shard by shard. */
  private void split() {
    makeShards();
    Dealing out = new Dealing(folder, shards);
    for (StateTable table : whole.state()) {
      if (running || restored.contains(table.name())) {
        table.save(rows -> out.add(TableInfo.of(table), rows));
      }
    }
    out.end();
    emitsOnTick = whole.emitsOnTick();
    whole.close();
    whole = null;
    share.set(0);
  }

  private void makeShards() {
    outputs = new ShardOutputs(context.output());
    shards = new ArrayList<>();
    for (int i = 0; i < Shards.COUNT; i++) {
      shards.add(
          new Shard(
              (clock, output) -> {
                Operator operator = operators.get();
                operator.open(new ShardContext(context, clock, output));
                return operator;
              },
              outputs.of(i),
              folder,
              inputs,
              watermark,
              ended));
    }
  }

  private void drain(Shard shard) {
    shard.drain(uses++);
    setShare();
    while (share.isOver() && putOutOther(shard)) {
      setShare();
    }
  }

  private void setShare() {
    share.set(bytesOfShards());
  }

  private long rowsOfShards() {
    return shards.stream().mapToLong(Shard::rowCount).sum();
  }

  private long bytesOfShards() {
    return shards.stream().mapToLong(Shard::bytes).sum();
  }

  /** Puts out the one that was not in use for longest; the current one if it is the only one. */
  private boolean putOutOther(Shard current) {
    Shard oldest =
        shards.stream()
            .filter(shard -> shard.inMemory() && shard != current)
            .min(Comparator.comparingLong(Shard::lastUse))
            .orElse(current);
    if (!oldest.inMemory()) {
      return false;
    }
    oldest.putOut();
    return true;
  }

  private void drainAll() {
    shards.forEach(this::drain);
  }

  /** Does the same with all shards, each when its turn comes. */
  private void each(Consumer<InputEvents> event) {
    long now = context.clock().millis();
    for (Shard shard : shards) {
      InputEvents work = shard.work();
      work.time(now);
      event.accept(work);
    }
  }

  /** Something else than a restore has come. */
  private void run() {
    running = true;
    if (restoring != null) {
      endRestore();
    }
  }

  @Override
  public void watermark(long timestamp) {
    watermark = timestamp;
    run();
    if (whole != null) {
      whole.watermark(timestamp);
      account();
    } else {
      each(shard -> shard.watermark(timestamp));
    }
  }

  @Override
  public void idle(boolean idle) {
    run();
    if (whole != null) {
      whole.idle(idle);
    } else {
      each(shard -> shard.idle(idle));
      drainAll();
      outputs.handOnIdle();
    }
  }

  @Override
  public void tick() {
    run();
    if (whole != null) {
      whole.tick();
      account();
      return;
    }
    long now = context.clock().millis();
    for (Shard shard : shards) {
      if (shard.inMemory() || emitsOnTick) {
        shard.tick(now);
      }
      if (shard.inMemory()) {
        drain(shard);
      }
    }
    bringInNext(now);
  }

  /** Those that something waits for, each in its turn. */
  private void bringInNext(long now) {
    for (int turns = shards.size(); turns > 0 && now >= nextTurnMillis; turns--) {
      Shard shard = shards.get(nextTurn);
      nextTurn = (nextTurn + 1) % shards.size();
      if (shard.hasWork() || (emitsOnTick && shard.isForgotten(now))) {
        drain(shard);
        nextTurnMillis = now + shard.bytes() / BYTES_PER_MILLISECOND;
      }
    }
  }

  @Override
  public boolean emitsOnTick() {
    return whole == null ? emitsOnTick : whole.emitsOnTick();
  }

  @Override
  public void endOfInput(int input) {
    ended.add(input);
    run();
    if (whole != null) {
      whole.endOfInput(input);
    } else {
      each(shard -> shard.endOfInput(input));
      drainAll();
    }
  }

  @Override
  public void endOfEpoch() {
    run();
    if (whole != null) {
      whole.endOfEpoch();
    } else {
      drainAll();
    }
  }

  @Override
  public List<StateTable> state() {
    return tables;
  }

  void save(String table, Consumer<Batch> rows, Consumer<SpillFile> onDisk) {
    if (whole != null) {
      table(whole, table).save(rows);
    } else {
      shards.forEach(shard -> shard.files().forEach(onDisk));
    }
  }

  private static StateTable table(Operator operator, String table) {
    return operator.state().stream()
        .filter(candidate -> candidate.name().equals(table))
        .findFirst()
        .orElseThrow();
  }

  void restore(TableInfo table, Batch rows) {
    restored.add(table.name());
    if (whole != null) {
      table(whole, table.name()).restore(rows);
      account();
      return;
    }
    if (restoring == null) {
      restoring = new Dealing(folder, shards);
      shared = operators.get();
      shared.open(context);
    }
    if (table.shared()) {
      table(shared, table.name()).restore(rows);
      restoredShared.add(table);
    } else {
      restoring.add(table, rows);
    }
  }

  private void endRestore() {
    for (TableInfo table : restoredShared) {
      table(shared, table.name()).save(rows -> restoring.add(table, rows));
    }
    restoring.end();
    restoring = null;
    shared.close();
    shared = null;
  }

  /** Bytes that a table takes in memory; those of shards are all counted by the first table. */
  long bytes(String table) {
    if (whole != null) {
      return table(whole, table).bytes();
    }
    return isFirst(table) ? bytesOfShards() : 0;
  }

  /** About how many rows a table has; those of shards are all counted by the first table. */
  long rowCount(String table) {
    if (whole != null) {
      return table(whole, table).rowCount();
    }
    return isFirst(table) ? rowsOfShards() : 0;
  }

  private boolean isFirst(String table) {
    return tables.get(0).name().equals(table);
  }

  @Override
  public void close() {
    if (whole != null) {
      whole.close();
    }
    if (shared != null) {
      shared.close();
    }
    if (shards != null) {
      shards.forEach(Shard::close);
    }
    if (share != null) {
      share.close();
    }
  }
}
