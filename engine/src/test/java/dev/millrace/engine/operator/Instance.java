package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.InputLog;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** An operator and the log of all that it is given, as the runtime keeps it. */
final class Instance {
  private final Operator operator;
  private final List<DataType> inputs;
  private final InputLog log;
  private final Clock clock;
  private long watermark = Watermarks.NONE;

  Instance(Operator operator, List<DataType> inputs, Clock clock) {
    this.operator = operator;
    this.inputs = inputs;
    this.log = new InputLog(inputs);
    this.clock = clock;
  }

  Operator operator() {
    return operator;
  }

  /** The rows of each input. */
  List<DataType> inputs() {
    return inputs;
  }

  InputLog log() {
    return log;
  }

  /** All that the operator keeps is saved: the log has what comes from here on. */
  void saved() {
    log.time(clock.millis());
    log.start(watermark);
  }

  void process(int input, Batch batch) {
    log.time(clock.millis());
    log.process(input, batch);
    operator.process(input, batch);
  }

  void watermark(long timestamp) {
    log.time(clock.millis());
    log.watermark(timestamp);
    watermark = timestamp;
    operator.watermark(timestamp);
  }

  void tick() {
    log.time(clock.millis());
    log.tick();
    operator.tick();
  }

  void endOfEpoch() {
    operator.endOfEpoch();
  }

  void endOfInput(int input) {
    operator.endOfInput(input);
  }

  void close() {
    operator.close();
  }
}
