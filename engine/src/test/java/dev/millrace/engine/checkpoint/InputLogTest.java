package dev.millrace.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InputLogTest {
  private static final DataType ROW = DataType.rowOf(List.of(DataType.of(TypeRoot.BIGINT)));

  private final InputLog log = new InputLog(List.of(ROW, ROW));

  @Test
  void repeatsWhatAnOperatorWasGiven() throws DamagedFileException {
    log.time(10);
    log.start(5);
    log.time(11);
    log.process(1, batch(1, 2));
    log.idle(true);
    log.endOfInput(0);
    assertThat(replayed())
        .containsExactly(
            "time 10", "start 5", "time 11", "process 1 [1, 2]", "idle true", "endOfInput 0");
    log.process(0, batch(3));
    assertThat(replayed()).as("a log goes on").containsExactly("time 11", "process 0 [3]");
  }

  @Test
  void holdsOnlyTheLastOfWatermarksAndTicksInARow() throws DamagedFileException {
    log.time(1);
    log.start(0);
    for (int i = 1; i <= 3; i++) {
      log.time(10 + i);
      log.watermark(i);
    }
    for (int i = 1; i <= 3; i++) {
      log.time(20 + i);
      log.tick();
    }
    log.watermark(9);
    assertThat(replayed())
        .containsExactly(
            "time 1", "start 0", "time 13", "watermark 3", "time 23", "tick", "watermark 9");
  }

  @Test
  void beginsAnewWithEverySnapshotOfAll() throws DamagedFileException {
    log.time(1);
    log.start(0);
    log.process(0, batch(1));
    log.time(2);
    log.start(7);
    assertThat(log.take()).as("nothing has happened").isEmpty();
    log.process(0, batch(2));
    assertThat(replayed()).containsExactly("time 2", "start 7", "process 0 [2]");
  }

  @Test
  void cutsManyRowsIntoBlocks() throws DamagedFileException {
    log.time(1);
    log.start(0);
    long[] values = new Random(1).longs(10_000).toArray();
    for (int i = 0; i < 20; i++) {
      log.process(0, batch(values));
    }
    assertThat(log.bytes()).isGreaterThan(20 * 80_000);
    List<byte[]> blocks = log.take();
    assertThat(blocks).hasSizeGreaterThan(3);
    assertThat(replayed(blocks)).hasSize(22);
  }

  private static Batch batch(long... values) {
    return new Batch(values.length, new LongVector(values.length, values, null));
  }

  private List<String> replayed() throws DamagedFileException {
    return replayed(log.take());
  }

  private static List<String> replayed(List<byte[]> blocks) throws DamagedFileException {
    Calls calls = new Calls();
    BatchCodec codec = new BatchCodec(ROW);
    for (byte[] block : blocks) {
      InputLog.replay(new ByteReader(block, 0, block.length), List.of(codec, codec), calls);
    }
    return calls.made;
  }

  private static final class Calls implements InputEvents {
    private final List<String> made = new ArrayList<>();

    @Override
    public void time(long millis) {
      made.add("time " + millis);
    }

    @Override
    public void start(long watermark) {
      made.add("start " + watermark);
    }

    @Override
    public void process(int input, Batch batch) {
      long[] values = ((LongVector) batch.column(0)).values();
      made.add("process " + input + " " + Arrays.toString(Arrays.copyOf(values, batch.rowCount())));
    }

    @Override
    public void watermark(long timestamp) {
      made.add("watermark " + timestamp);
    }

    @Override
    public void idle(boolean idle) {
      made.add("idle " + idle);
    }

    @Override
    public void tick() {
      made.add("tick");
    }

    @Override
    public void endOfInput(int input) {
      made.add("endOfInput " + input);
    }
  }
}
