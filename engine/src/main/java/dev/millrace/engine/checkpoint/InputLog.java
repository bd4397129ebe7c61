package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.state.ValueBytes;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an operator is given between two snapshots, as bytes. The same calls bring it to the same
 * state again, so a snapshot may hold them instead of all that the operator keeps. {@link
 * SnapshotFormat} has the layout. Not thread-safe.
 */
public final class InputLog implements InputEvents {
  private static final int BLOCK_BYTES = 256 << 10;

  private static final long NEVER = Long.MIN_VALUE;

  private final List<BatchCodec> inputs = new ArrayList<>();
  private final int blockBytes;
  private final ByteWriter block;
  private final List<byte[]> blocks = new ArrayList<>();
  private long endedBytes;
  private long now = NEVER;
  private boolean started;
  private long startWatermark = Watermarks.NONE;
  private long startMillis = NEVER;

  /** The time that the log has come to. */
  private long logged = NEVER;

  /** Where the last event is, if the next one of its kind makes it superfluous; or -1. */
  private int last = -1;

  private byte lastKind;
  private long loggedBeforeLast = NEVER;

  /** Throws {@code UnsupportedException} if rows of an input have no bytes. */
  public InputLog(List<DataType> inputs) {
    this(inputs, BLOCK_BYTES);
  }

  /** {@code blockBytes} is how long a block grows, about. */
  public InputLog(List<DataType> inputs, int blockBytes) {
    this.blockBytes = blockBytes;
    inputs.forEach(row -> this.inputs.add(new BatchCodec(row)));
    this.block = new ByteWriter(PartWriter.MAX_BLOCK_BYTES);
  }

  /** Whether rows of this type have bytes. */
  public static boolean supports(DataType row) {
    try {
      ValueBytes.check(row);
      return true;
    } catch (UnsupportedException e) {
      return false;
    }
  }

  @Override
  public void time(long millis) {
    now = millis;
  }

  private void ensureStarted() {
    if (!started) {
      started = true;
      long current = now;
      now = startMillis;
      begin(SnapshotFormat.START);
      block.putLong(startWatermark);
      now = current;
    }
  }

  private void begin(byte kind) {
    ensureStarted();
    if (now != logged) {
      block.putByte(SnapshotFormat.TIME);
      block.putLong(now);
      logged = now;
    }
    block.putByte(kind);
  }

  /** Begins an event that does the work of those of its kind just before it, too. */
  private void beginLatest(byte kind) {
    if (last >= 0 && lastKind == kind) {
      block.truncate(last);
      logged = loggedBeforeLast;
    }
    ensureStarted();
    int at = block.length();
    loggedBeforeLast = logged;
    begin(kind);
    last = at;
    lastKind = kind;
  }

  /** Begins anew, after all that the operator keeps was saved. */
  @Override
  public void start(long watermark) {
    clear();
    started = false;
    startWatermark = watermark;
    startMillis = now;
  }

  @Override
  public void process(int input, Batch batch) {
    begin(SnapshotFormat.BATCH);
    block.putInt(input);
    inputs.get(input).encode(batch, block);
    ended();
  }

  @Override
  public void watermark(long timestamp) {
    beginLatest(SnapshotFormat.WATERMARK);
    block.putLong(timestamp);
  }

  @Override
  public void idle(boolean idle) {
    begin(SnapshotFormat.IDLE);
    block.putBoolean(idle);
    ended();
  }

  @Override
  public void tick() {
    beginLatest(SnapshotFormat.TICK);
  }

  @Override
  public void endOfInput(int input) {
    begin(SnapshotFormat.END_OF_INPUT);
    block.putInt(input);
    ended();
  }

  private void ended() {
    last = -1;
    if (block.length() >= blockBytes) {
      endBlock();
    }
  }

  private void endBlock() {
    if (block.length() > 0) {
      blocks.add(Arrays.copyOf(block.data(), block.length()));
      endedBytes += block.length();
      block.truncate(0);
      last = -1;
    }
  }

  /** How much is in the log, in bytes. */
  public long bytes() {
    return endedBytes + block.length();
  }

  /** What is in the log, to be written by {@link PartWriter#log}; the log is empty then. */
  public List<byte[]> take() {
    endBlock();
    List<byte[]> taken = List.copyOf(blocks);
    clear();
    return taken;
  }

  /** Repeats what is in the log, which is empty then. */
  public void drainTo(InputEvents to) {
    try {
      for (byte[] events : take()) {
        replay(new ByteReader(events, 0, events.length), inputs, to);
      }
    } catch (DamagedFileException e) {
      throw new IllegalStateException("what was just written", e);
    }
  }

  /** Forgets all events. */
  public void clear() {
    blocks.clear();
    endedBytes = 0;
    block.truncate(0);
    logged = NEVER;
    last = -1;
  }

  /** Repeats the events of a block. */
  static void replay(ByteReader from, List<BatchCodec> inputs, InputEvents to)
      throws DamagedFileException {
    while (!from.isAtEnd()) {
      byte kind = from.getByte();
      switch (kind) {
        case SnapshotFormat.TIME -> to.time(from.getLong());
        case SnapshotFormat.START -> to.start(from.getLong());
        case SnapshotFormat.BATCH -> {
          int input = from.getInt();
          if (input < 0 || input >= inputs.size()) {
            throw new DamagedFileException("a batch is of the unknown input " + input);
          }
          to.process(input, inputs.get(input).decode(from));
        }
        case SnapshotFormat.WATERMARK -> to.watermark(from.getLong());
        case SnapshotFormat.IDLE -> to.idle(from.getBoolean());
        case SnapshotFormat.TICK -> to.tick();
        case SnapshotFormat.END_OF_INPUT -> to.endOfInput(from.getInt());
        default -> throw new DamagedFileException("an event has the unknown kind " + kind);
      }
    }
  }
}
