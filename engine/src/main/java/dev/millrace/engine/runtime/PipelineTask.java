package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import java.util.Arrays;
import java.util.List;

/** Takes what the channels bring and runs the stages behind them. */
final class PipelineTask implements Task {
  private static final int ELEMENTS_PER_RUN = 8;

  /** Where one producing instance arrives, and as which input of the first stage. */
  record InputChannel(int input, Channel channel) {}

  private final InstanceContext context;
  private final boolean blocking;
  private final List<InputChannel> channels;
  private final boolean[] ended;

  /** Channels whose epoch has ended, so that they wait until it has for all. */
  private final boolean[] aligned;

  private final int[] openChannels;
  private final WatermarkMerger watermarks;
  private final Stage stage;
  private final Ticker ticker;
  private final EpochBoard.Participant epochs;
  private final TaskMeter meter;
  private int nextChannel;
  private int endedChannels;
  private int alignedChannels;
  private long epoch;

  /** The last epoch that has ended here. */
  private long passed;

  private boolean idle;
  private boolean finished;

  PipelineTask(
      InstanceContext context,
      boolean blocking,
      List<InputChannel> channels,
      int inputs,
      Stage stage,
      EpochBoard.Participant epochs) {
    this.context = context;
    this.blocking = blocking;
    this.channels = List.copyOf(channels);
    this.ended = new boolean[channels.size()];
    this.aligned = new boolean[channels.size()];
    this.epochs = epochs;
    this.passed = epochs.start();
    this.openChannels = new int[inputs];
    for (InputChannel channel : channels) {
      openChannels[channel.input()]++;
    }
    this.watermarks = new WatermarkMerger(channels.size());
    this.stage = stage;
    this.ticker = new Ticker(context.clock());
    this.meter = TaskMeter.of(context, channels.stream().map(InputChannel::channel).toList());
  }

  @Override
  public String name() {
    return context.name() + "/" + context.subtask();
  }

  @Override
  public boolean blocking() {
    return blocking;
  }

  @Override
  public void open() {
    stage.open();
  }

  @Override
  public boolean run() {
    if (ticker.due() && !epochs.held(passed)) {
      stage.tick();
    }
    boolean moved = false;
    for (int i = 0; i < ELEMENTS_PER_RUN; i++) {
      if (!meter.drained(stage.drain())) {
        return moved;
      }
      if (endedChannels == channels.size()) {
        finish();
        return true;
      }
      if (!takeOne()) {
        return moved;
      }
      moved = true;
    }
    return moved;
  }

  private void finish() {
    Barrier end = Barrier.end();
    stage.barrier(end);
    epochs.passed(end);
    finished = true;
  }

  /** Takes one element from the next channel that has one, round robin. */
  private boolean takeOne() {
    for (int tried = 0; tried < channels.size(); tried++) {
      int index = nextChannel;
      nextChannel = (nextChannel + 1) % channels.size();
      boolean waits = ended[index] || aligned[index];
      Object element = waits ? null : channels.get(index).channel().poll();
      if (element != null) {
        take(index, element);
        return true;
      }
    }
    return false;
  }

  private void take(int index, Object element) {
    if (element instanceof Batch batch) {
      stage.process(channels.get(index).input(), batch);
    } else if (element instanceof Signal.Watermark watermark) {
      advance(watermarks.watermark(index, watermark.timestamp()));
    } else if (element instanceof Signal.Idle signal) {
      advance(watermarks.idle(index, signal.idle()));
    } else if (element instanceof Signal.EndOfEpoch end) {
      align(index, end.epoch());
    } else {
      end(index);
    }
  }

  private void align(int index, long ending) {
    aligned[index] = true;
    alignedChannels++;
    epoch = ending;
    endEpochIfAligned();
  }

  private void endEpochIfAligned() {
    if (alignedChannels > 0 && alignedChannels + endedChannels == channels.size()) {
      Arrays.fill(aligned, false);
      alignedChannels = 0;
      Barrier barrier = epochs.barrier(epoch);
      stage.barrier(barrier);
      epochs.passed(barrier);
      passed = epoch;
    }
  }

  private void advance(boolean rose) {
    boolean nowIdle = watermarks.allIdle();
    if (nowIdle != idle && !nowIdle) {
      setIdle(false);
    }
    if (rose) {
      stage.watermark(watermarks.current());
    }
    if (nowIdle) {
      setIdle(true);
    }
  }

  private void setIdle(boolean nowIdle) {
    if (idle != nowIdle) {
      idle = nowIdle;
      stage.idle(nowIdle);
    }
  }

  private void end(int index) {
    ended[index] = true;
    endedChannels++;
    advance(watermarks.ended(index));
    int input = channels.get(index).input();
    openChannels[input]--;
    if (openChannels[input] == 0) {
      stage.endOfInput(input);
    }
    endEpochIfAligned();
  }

  @Override
  public boolean hasWork() {
    for (InputChannel each : channels) {
      if (!each.channel().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public TaskMeter meter() {
    return meter;
  }

  @Override
  public void close() {
    stage.close();
  }
}
