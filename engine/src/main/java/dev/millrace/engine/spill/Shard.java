package dev.millrace.engine.spill;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.InputEvents;
import dev.millrace.engine.checkpoint.InputLog;
import dev.millrace.engine.checkpoint.OperatorReplay.Opening;
import dev.millrace.engine.checkpoint.SpillFile;
import dev.millrace.engine.checkpoint.StateRestore;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.SimulatedClock;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of an operator that are brought in and put out together, and what waits for them. Not
 * thread-safe.
 *
 * <p>Whatever waits is done in the order in which it came, at the time at which it came: to its
 * operator a shard is a parallel instance that lags behind.
 */
final class Shard {
  /** Of what waits: there are many shards. */
  private static final int BLOCK_BYTES = 16 << 10;

  private static final long FORGOTTEN_MILLIS = 10_000;

  private final Opening opening;
  private final Output output;
  private final SpillFolder folder;
  private final InputLog waiting;
  private final SimulatedClock clock = new SimulatedClock(Duration.ZERO);

  /** What it has kept, unless {@link #changed}. */
  private final List<SpillFile> files = new ArrayList<>();

  private final List<Integer> ended = new ArrayList<>();
  private long watermark;

  /** Null while the shard is on disk. */
  private Operator operator;

  private boolean changed;
  private long operatorBytes;
  private long rowCount;
  private long lastUse;
  private boolean hasWork;

  /**
   * A shard that is on disk.
   *
   * @param watermark that its operator has seen, or {@link Watermarks#NONE}
   * @param ended the inputs that are at their end
   */
  Shard(
      Opening opening,
      Output output,
      SpillFolder folder,
      List<DataType> inputs,
      long watermark,
      List<Integer> ended) {
    this.opening = opening;
    this.output = output;
    this.folder = folder;
    this.waiting = new InputLog(inputs, BLOCK_BYTES);
    waiting.time(0);
    waiting.start(watermark);
    this.watermark = watermark;
    this.ended.addAll(ended);
  }

  /** More of what it has kept. */
  void add(SpillFile file) {
    files.add(file);
    rowCount += file.rowCount();
  }

  /** Takes what is to be done once it is worth it. */
  InputEvents work() {
    hasWork = true;
    return waiting;
  }

  /** Takes note of a tick; most operators have nothing to do then. */
  void tick(long now) {
    waiting.time(now);
    waiting.tick();
  }

  boolean hasWork() {
    return hasWork;
  }

  /** Whether only ticks have come for long. */
  boolean isForgotten(long now) {
    return now - clock.millis() > FORGOTTEN_MILLIS;
  }

  long waitingBytes() {
    return waiting.bytes();
  }

  boolean inMemory() {
    return operator != null;
  }

  /** Bytes of memory that it takes. */
  long bytes() {
    return waiting.bytes() + operatorBytes;
  }

  /** How many rows it keeps, but for what waits. */
  long rowCount() {
    return rowCount;
  }

  long lastUse() {
    return lastUse;
  }

  /** Does what waits; {@code use} orders the shards by when they were in use. */
  void drain(long use) {
    if (waiting.bytes() == 0) {
      return;
    }
    lastUse = use;
    hasWork = false;
    waiting.drainTo(new Calls());
    changed = true;
    operatorBytes = operator.state().stream().mapToLong(StateTable::bytes).sum();
    rowCount = operator.state().stream().mapToLong(StateTable::rowCount).sum();
  }

  private Operator operator() {
    if (operator == null) {
      bringIn();
    }
    return operator;
  }

  /** What is due by the watermark is done: so it comes before there is anything to do. */
  private void bringIn() {
    operator = opening.open(clock, output);
    if (watermark != Watermarks.NONE) {
      operator.watermark(watermark);
    }
    StateRestore kept = new StateRestore(List.of(operator.state()));
    files.forEach(file -> file.read(kept));
    ended.forEach(operator::endOfInput);
  }

  /** Leaves the operator to the disk. */
  void putOut() {
    write();
    operator.close();
    operator = null;
    operatorBytes = 0;
  }

  private void write() {
    if (!changed) {
      return;
    }
    try (SpillFile.Writer writer = folder.create()) {
      for (StateTable table : operator.state()) {
        writer.table(TableInfo.of(table));
        table.save(writer::rows);
      }
      SpillFile file = writer.file();
      files.forEach(SpillFile::release);
      files.clear();
      files.add(file);
    }
    changed = false;
  }

  /** What it keeps, in files, but for what waits. */
  List<SpillFile> files() {
    write();
    return files;
  }

  void close() {
    if (operator != null) {
      operator.close();
    }
    files.forEach(SpillFile::release);
  }

  /** Does what waited. */
  private final class Calls implements InputEvents {
    @Override
    public void time(long millis) {
      clock.advance(Duration.ofMillis(millis - clock.millis()));
    }

    @Override
    public void start(long startWatermark) {}

    @Override
    public void process(int input, Batch batch) {
      operator().process(input, batch);
    }

    @Override
    public void watermark(long timestamp) {
      operator().watermark(timestamp);
      watermark = timestamp;
    }

    @Override
    public void idle(boolean idle) {
      operator().idle(idle);
    }

    @Override
    public void tick() {
      operator().tick();
    }

    @Override
    public void endOfInput(int input) {
      operator().endOfInput(input);
      ended.add(input);
    }
  }
}
