package dev.millrace.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.MemoryBlobs;
import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.checkpoint.SnapshotWriter;
import dev.millrace.engine.checkpoint.StateRestore;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** An operator that keeps the latest of what it is given, and what snapshots have of it. */
class IncrementalCheckpointTest {
  private static final DataType ROW = DataType.rowOf(List.of(DataType.of(TypeRoot.BIGINT)));

  /** More than is always worth a log. */
  private static final int MANY = 100_000;

  private final MemoryBlobs blobs = new MemoryBlobs();
  private final SnapshotStore store = new SnapshotStore(blobs, "job");
  private final InstanceContext context = context();
  private Keeping operator;
  private StateSaving saving;
  private InstanceParts parts = InstanceParts.NONE;
  private long epoch;
  private long next;

  private InstanceContext context() {
    Checkpointing checkpointing =
        new Checkpointing(store, "run", Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 1);
    JobConfig config = JobConfig.named("job").withCheckpointing(checkpointing);
    Transactions none = Transactions.open(new Dataflow(List.of()), config);
    return InstanceContext.of(
        "keeping",
        0,
        1,
        new JobServices(config, new Metrics(), () -> {}, none, StateMemory.of(config), 1));
  }

  @Test
  void onlyWhatIsNewIsWrittenUntilItIsMuch() {
    keep(MANY);
    give(MANY);
    assertThat(checkpoint().log()).isNotNull();
    for (int i = 0; i < 3; i++) {
      give(MANY);
      assertThat(checkpoint().log()).isNotNull();
    }
    give(10);
    give(10);
    assertThat(checkpoint().log()).as("more than four times as much as is kept").isNull();
    give(10);
    assertThat(checkpoint().log()).isNotNull();
    give(MANY);
    give(10);
    give(10);
    assertThat(checkpoint().log()).as("more in an epoch than is kept").isNull();
    give(10);
    assertThat(checkpoint().log()).as("behind an epoch that brought more").isNull();
    give(10);
    assertThat(checkpoint().log()).isNotNull();
  }

  @Test
  void whatOnlyGrowsIsWrittenOnceInManyEpochs() {
    keep(Integer.MAX_VALUE);
    for (int i = 0; i < 5; i++) {
      give(MANY);
      assertThat(checkpoint().log()).isNotNull();
    }
    for (int i = 5; i < 500; i++) {
      assertThat(save(epoch).log()).isNotNull();
    }
    SavedPart part = save(epoch);
    assertThat(part.log()).isNull();
    store(part);
  }

  @Test
  void allIsWrittenBehindACheckpointThatFailed() {
    keep(Integer.MAX_VALUE);
    give(MANY);
    checkpoint();
    long counts = epoch;
    give(1);
    save(counts);
    give(1);
    SavedPart part = save(counts);
    assertThat(part.log()).isNull();
    store(part);
  }

  @Test
  void smallInputIsCollectedInOnePart() {
    keep(Integer.MAX_VALUE);
    for (int i = 0; i < 5; i++) {
      give(10);
      checkpoint();
    }
    assertThat(blobs.list("")).as("a manifest, and all that was given").hasSize(2);
    give(5 * MANY);
    checkpoint();
    give(MANY);
    checkpoint();
    assertThat(blobs.list("")).as("large ones are left alone").hasSize(3);
  }

  /** Begins with an operator that keeps so many rows. */
  private void keep(int limit) {
    operator = new Keeping(limit);
    saving = new StateSaving(0, context, operator.state(), List.of(ROW));
    checkpoint();
  }

  private void give(int rows) {
    long[] values = LongStream.range(next, next + rows).toArray();
    next += rows;
    Batch batch = new Batch(rows, new LongVector(rows, values, null));
    saving.process(0, batch);
    operator.process(0, batch);
  }

  /** Ends an epoch and checks that all is there. */
  private SavedPart checkpoint() {
    SavedPart part = save(epoch);
    store(part);
    return part;
  }

  private SavedPart save(long base) {
    epoch++;
    return saving.save(Barrier.of(epoch, base));
  }

  private void store(SavedPart part) {
    SnapshotWriter writer = store.begin(epoch);
    parts = parts.with(part, writer);
    writer.publish(new SnapshotInfo(epoch, 0, "job", Map.of(), Map.of()));
    store.retain(1);
    Keeping restored = new Keeping(operator.limit);
    store
        .open(epoch)
        .restore(
            0,
            (clock, output) -> new Keeping(operator.limit),
            new StateRestore(List.of(restored.state())));
    assertThat(restored.kept).isEqualTo(operator.kept);
  }

  private static final class Keeping implements Operator, StateTable {
    private final int limit;
    private final List<Long> kept = new ArrayList<>();

    Keeping(int limit) {
      this.limit = limit;
    }

    @Override
    public void process(int input, Batch batch) {
      for (int i = 0; i < batch.rowCount(); i++) {
        kept.add(((LongVector) batch.column(0)).values()[i]);
      }
      kept.subList(0, Math.max(0, kept.size() - limit)).clear();
    }

    @Override
    public void watermark(long timestamp) {}

    @Override
    public void idle(boolean idle) {}

    @Override
    public List<StateTable> state() {
      return List.of(this);
    }

    @Override
    public String name() {
      return "kept";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public DataType row() {
      return ROW;
    }

    @Override
    public List<Integer> key() {
      return List.of(0);
    }

    @Override
    public long bytes() {
      return (long) Long.BYTES * kept.size();
    }

    @Override
    public long rowCount() {
      return kept.size();
    }

    @Override
    public void save(Consumer<Batch> to) {
      long[] values = kept.stream().mapToLong(Long::longValue).toArray();
      to.accept(new Batch(values.length, new LongVector(values.length, values, null)));
    }

    @Override
    public void restore(Batch rows) {
      process(0, rows);
    }
  }
}
