package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.InputLog;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * Saves what an operator keeps when an epoch ends: all of it or, where that is less, what the
 * operator was given in the epoch, from which it can be made out again. Not thread-safe.
 *
 * <p>"Less" is told by rows: those of an epoch, which are expected to be as many as in the one
 * before, against those that the operator keeps. All is saved again once the input since then is
 * four times as much, so that the work for it is a fixed share of the input, and so is that for a
 * recovery. State that only grows never is less than its input: it is saved again only lest a
 * snapshot have too many parts.
 */
final class StateSaving {
  private static final int INPUT_PER_STATE = 4;

  /** So little input is always worth it. */
  private static final int FEW_ROWS = 16 << 10;

  /** After so many epochs all is saved again: each may have a part of its own. */
  private static final int MAX_EPOCHS = 500;

  /** What an instance may hold in memory of its input. */
  private static final long MAX_LOG_BYTES =
      Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 64);

  private static final long NONE = -2;

  private final int node;
  private final InstanceContext context;
  private final List<StateTable> state;
  private final List<DataType> inputs;
  private final InputLog log;
  private boolean logging;
  private long lastEpoch = NONE;
  private int epochsSince;
  private long rowsSince;
  private long rowsOfEpoch;
  private long watermark = Watermarks.NONE;

  /**
   * For one instance of an operator.
   *
   * @param inputs the rows of each input
   */
  StateSaving(int node, InstanceContext context, List<StateTable> state, List<DataType> inputs) {
    this.node = node;
    this.context = context;
    this.state = state;
    this.inputs = inputs;
    this.log = canLog() ? new InputLog(inputs) : null;
  }

  private boolean canLog() {
    return context.checkpointing()
        && !state.isEmpty()
        && inputs.stream().allMatch(InputLog::supports);
  }

  /** Notes the time of the calls that follow. */
  void calledAt(long millis) {
    if (logging) {
      log.time(millis);
    }
  }

  void process(int input, Batch batch) {
    if (logging && !isWorthLogging()) {
      giveUp();
    }
    rowsSince += batch.rowCount();
    rowsOfEpoch += batch.rowCount();
    if (logging) {
      log.process(input, batch);
      if (log.bytes() > MAX_LOG_BYTES) {
        giveUp();
      }
    }
  }

  private boolean isWorthLogging() {
    long rows = 0;
    for (StateTable table : state) {
      rows += table.rowCount();
    }
    return rowsOfEpoch <= Math.max(FEW_ROWS, rows)
        && rowsSince <= Math.max(FEW_ROWS, INPUT_PER_STATE * rows);
  }

  private void giveUp() {
    logging = false;
    log.clear();
  }

  void watermark(long timestamp) {
    watermark = timestamp;
    if (logging) {
      log.watermark(timestamp);
    }
  }

  void idle(boolean idle) {
    if (logging) {
      log.idle(idle);
    }
  }

  void tick() {
    if (logging) {
      log.tick();
    }
  }

  void endOfInput(int input) {
    if (logging) {
      log.endOfInput(input);
    }
  }

  SavedPart save(Barrier barrier) {
    boolean buildsOn = logging && epochsSince < MAX_EPOCHS && barrier.buildsOn(lastEpoch);
    lastEpoch = barrier.epoch();
    if (buildsOn) {
      rowsOfEpoch = 0;
      epochsSince++;
      return new SavedPart(
          node, context.subtask(), List.of(), new SavedPart.Log(inputs, log.take()));
    }
    epochsSince = 0;
    rowsSince = 0;
    logging = log != null && isWorthLogging();
    rowsOfEpoch = 0;
    if (logging) {
      log.time(context.clock().millis());
      log.start(watermark);
    }
    return all();
  }

  /** All that the operator keeps. */
  SavedPart all() {
    return SavedPart.of(node, context.subtask(), state.stream().map(SavedTable::of).toList());
  }
}
