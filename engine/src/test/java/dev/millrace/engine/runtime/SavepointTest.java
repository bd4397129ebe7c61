package dev.millrace.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.MemoryBlobs;
import dev.millrace.engine.checkpoint.SnapshotFinder;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.checkpoint.StoredSnapshot;
import dev.millrace.engine.connector.SplitEnumerator.Assignment;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.ErrorHandling;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.dataflow.StateIdentity;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.operator.StatelessOperator;
import dev.millrace.engine.operator.aggregate.GroupAggregate;
import dev.millrace.engine.runtime.NumbersSource.Numbers;
import dev.millrace.engine.runtime.StateReport.Line;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Savepoints of whole jobs, and what becomes of their states in jobs with other nodes. */
class SavepointTest {
  private static final long NUMBERS = 2000;
  private static final Duration LIMIT = Duration.ofDays(1);
  private static final Exchange FORWARD = new Exchange.Forward();
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType COUNTS =
      DataType.row(List.of(new Field("k", BIGINT), new Field("n", BIGINT)));

  private final Killed.Chance never = new Killed.Chance(new Random(1));
  private final SimulatedLedger copies = new SimulatedLedger("copies", never);
  private final MemoryBlobs savepoints = new MemoryBlobs();
  private SimulatedLedger counts = new SimulatedLedger("counts", never);

  /** Hands rows on, and tells when the rows that it has seen are so many. */
  private static final class AtRow extends StatelessOperator {
    private final long row;
    private final Runnable action;
    private long seen;

    AtRow(long row, Runnable action) {
      this.row = row;
      this.action = action;
    }

    @Override
    public void process(int input, Batch batch) {
      emit(batch);
      if (seen < row && seen + batch.rowCount() >= row) {
        action.run();
      }
      seen += batch.rowCount();
    }
  }

  private static JobConfig config(String run, int parallelism) {
    return JobConfig.named("job")
        .withParallelism(parallelism)
        .withCheckpointing(
            new Checkpointing(
                new SnapshotStore(new MemoryBlobs(), "job"),
                run,
                Duration.ofMillis(20),
                Duration.ZERO,
                Duration.ofMinutes(10),
                0,
                1));
  }

  private static SourceNode numbers(int id, String table) {
    NumbersSource source =
        new NumbersSource(
            Assignment.EAGER,
            7,
            new Numbers(table + " 1", 0, NUMBERS / 2, true),
            new Numbers(table + " 2", NUMBERS / 2, NUMBERS / 2, true));
    return new SourceNode(
        id, "Source " + table + "[" + id + "]", "", source, NumbersSource.ROW, null);
  }

  private static OperatorNode byRemainder(int id, int input) {
    return new OperatorNode(
        id,
        "Calc[" + id + "]",
        "",
        List.of(new Input(input, FORWARD)),
        COUNTS,
        0,
        ByRemainder::new);
  }

  /** Counts, or sums, which are kept the same way. */
  private static OperatorNode aggregate(int id, int input, String function) {
    List<Integer> arguments = function.equals("COUNT") ? List.of() : List.of(1);
    List<DataType> types = function.equals("COUNT") ? List.of() : List.of(BIGINT);
    List<AggregateCall> calls =
        List.of(new AggregateCall(function, arguments, types, -1, false, false, false, BIGINT));
    GroupAggregate.Spec spec =
        new GroupAggregate.Spec(
            List.of(0), List.of(BIGINT), List.of(BIGINT), false, false, false, 0);
    return new OperatorNode(
        id,
        "GroupAggregate[" + id + "]",
        function,
        List.of(new Input(input, new Exchange.Hash(List.of(0)))),
        COUNTS,
        0,
        () -> new GroupAggregate(spec, new Aggregates(calls)));
  }

  private SinkNode counts(int id, int input) {
    return new SinkNode(
        id, "Sink counts[" + id + "]", "", new Input(input, FORWARD), counts.table(COUNTS));
  }

  private SinkNode copies(int id, int input) {
    return new SinkNode(
        id,
        "Sink copies[" + id + "]",
        "",
        new Input(input, FORWARD),
        copies.table(NumbersSource.ROW));
  }

  /** Counts by remainder; {@code action} runs in the middle. */
  private Dataflow counting(Runnable action) {
    return new Dataflow(
        List.of(
            numbers(1, "numbers"),
            new OperatorNode(
                2,
                "Calc[2]",
                "middle",
                List.of(new Input(1, FORWARD)),
                NumbersSource.ROW,
                1,
                () -> new AtRow(NUMBERS / 2, action)),
            byRemainder(3, 2),
            aggregate(4, 3, "COUNT"),
            counts(5, 4)));
  }

  private SnapshotStore target() {
    return new SnapshotStore(savepoints, "savepoint");
  }

  private StoredSnapshot savepoint() {
    return target().newest(line -> {}).orElseThrow();
  }

  private Simulation running;
  private CompletableFuture<Void> asked;

  /** Takes a savepoint when half of the numbers are read; tells when it is there. */
  private CompletableFuture<Void> takeInTheMiddle(boolean stop, Runnable taken) {
    Dataflow dataflow = counting(() -> asked = running.savepoint(target(), stop).thenRun(taken));
    running = new Simulation(dataflow, config("first", 2), 1);
    assertThat(running.run(LIMIT)).isTrue();
    return asked;
  }

  private static Map<Object, Object> last(List<List<Object>> rows) {
    Map<Object, Object> last = new HashMap<>();
    rows.forEach(row -> last.put(row.get(0), row.get(1)));
    return last;
  }

  private static Map<Object, Object> allCounts() {
    Map<Object, Object> counts = new HashMap<>();
    LongStream.range(0, NUMBERS).forEach(n -> counts.merge(n % 5, 1L, (a, b) -> (long) a + 1));
    return counts;
  }

  private void startFromSavepoint(Dataflow dataflow, boolean allowStateLoss) {
    Origin origin = new Origin(savepoint(), allowStateLoss);
    assertThat(
            Simulation.from(dataflow, config("second", 3), 2, Duration.ofDays(400), origin)
                .run(LIMIT))
        .isTrue();
  }

  @Test
  void aJobGoesOnThoughASavepointOfItIsTakenAndAnotherStartsFromIt() {
    List<List<Object>> before = new ArrayList<>();
    assertThat(takeInTheMiddle(false, () -> before.addAll(counts.rows()))).isCompleted();
    assertThat(last(counts.rows())).isEqualTo(allCounts());
    assertThat(before).hasSizeLessThan(counts.rows().size());

    counts = new SimulatedLedger("counts", never);
    startFromSavepoint(counting(() -> {}), false);
    assertThat(last(counts.rows())).isEqualTo(allCounts());
    assertThat(before)
        .as("what was written before the savepoint is not written again")
        .doesNotContainAnyElementsOf(counts.rows());
  }

  @Test
  void aSavepointHoldsNoOutput() {
    assertThat(takeInTheMiddle(true, () -> {})).isCompleted();
    StoredSnapshot savepoint = savepoint();
    assertThat(savepoint.info().properties()).containsKey(SnapshotWriting.SAVEPOINT);
    assertThat(savepoint.nodes()).containsExactly(0, 3);
    assertThat(last(counts.rows())).isNotEqualTo(allCounts());
  }

  @Test
  void whoeverAsksAfterTheEndIsTold() {
    Simulation simulation = new Simulation(counting(() -> {}), config("first", 1), 1);
    assertThat(simulation.run(LIMIT)).isTrue();
    assertThatThrownBy(() -> simulation.savepoint(target(), false).join())
        .hasMessageContaining("No savepoint was taken: the job has ended");
  }

  @Test
  void anotherQueryIsNewAndTheOldOneGoesOn() {
    assertThat(takeInTheMiddle(true, () -> {})).isCompleted();
    Dataflow edited =
        new Dataflow(
            List.of(
                numbers(1, "others"),
                byRemainder(3, 1),
                aggregate(2, 3, "SUM"),
                numbers(11, "numbers"),
                byRemainder(13, 11),
                aggregate(14, 13, "COUNT"),
                counts(15, 14),
                copies(16, 1)));
    assertThat(StateReport.of(savepoint(), edited, config("second", 2)).lines())
        .extracting(line -> line.toString().replaceAll("[0-9,]+ bytes", "n bytes"))
        .containsExactly(
            "new: Source others[1]",
            "new: GroupAggregate[2]",
            "kept: Source numbers[11], 2 splits, n bytes",
            "kept: GroupAggregate[14], 5 rows, n bytes");
    startFromSavepoint(edited, false);
    assertThat(last(counts.rows())).isEqualTo(allCounts());
    assertThat(copies.rows()).hasSize((int) NUMBERS);
  }

  @Test
  void whatNobodyGoesOnWithIsNotDroppedUnlessThatIsAllowed() {
    assertThat(takeInTheMiddle(true, () -> {})).isCompleted();
    Dataflow edited = new Dataflow(List.of(numbers(1, "numbers"), copies(2, 1)));
    assertThatThrownBy(() -> startFromSavepoint(edited, false))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("dropped: GroupAggregate, 5 rows")
        .hasMessageContaining("--allow-state-loss");
    startFromSavepoint(edited, true);
    assertThat(copies.rows()).hasSizeBetween(1, (int) NUMBERS / 2);
  }

  @Test
  void whatIsComputedOtherwiseBeginsAnew() {
    assertThat(takeInTheMiddle(true, () -> {})).isCompleted();
    Dataflow edited =
        new Dataflow(
            List.of(
                numbers(1, "numbers"), byRemainder(3, 1), aggregate(4, 3, "SUM"), counts(5, 4)));
    List<Line> lines = StateReport.of(savepoint(), edited, config("second", 2)).lines();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1).toString())
        .startsWith("changed: GroupAggregate[4], 5 rows, ")
        .endsWith("; it computes something else now");
  }

  private static Map<Integer, String> labels(StateIdentity... identities) {
    Map<Integer, String> labels = new HashMap<>();
    for (StateIdentity identity : identities) {
      labels.put(labels.size(), new NodeLabel("GroupAggregate", null, identity).text());
    }
    return labels;
  }

  private static NodeMatching match(Map<Integer, String> saved, StateIdentity... identities) {
    List<Node> nodes = new ArrayList<>();
    Map<Integer, StateIdentity> byId = new HashMap<>();
    nodes.add(numbers(100, "numbers"));
    for (StateIdentity identity : identities) {
      byId.put(nodes.size(), identity);
      nodes.add(aggregate(nodes.size(), 100, "COUNT"));
    }
    return new NodeMatching(saved, new Dataflow(nodes, Map.of(), ErrorHandling.FAILING, byId));
  }

  private static final String A = "aaaaaaaaaaaaaaaa";
  private static final String B = "bbbbbbbbbbbbbbbb";

  private static StateIdentity chosen(String choice) {
    return new StateIdentity(A, choice.repeat(16));
  }

  @Test
  void theSameConditionFindsItsNodeWhereverItStands() {
    NodeMatching matching = match(labels(chosen("1"), chosen("2")), chosen("2"), chosen("1"));
    assertThat(matching.savedOf(1)).isEqualTo(1);
    assertThat(matching.savedOf(2)).isEqualTo(0);
  }

  @Test
  void anotherConditionIsFoundByWhatTheStateMeans() {
    NodeMatching matching = match(labels(chosen("1"), chosen("2")), chosen("3"), chosen("2"));
    assertThat(matching.savedOf(1)).isEqualTo(0);
    assertThat(matching.chosenAnew(1)).isTrue();
    assertThat(matching.savedOf(2)).isEqualTo(1);
    assertThat(matching.chosenAnew(2)).isFalse();
  }

  @Test
  void whichOfSeveralIsGoneIsNotGuessed() {
    NodeMatching matching = match(labels(chosen("1"), chosen("2")), chosen("3"));
    assertThat(matching.savedOf(1)).isNull();
    assertThat(matching.gone()).containsExactly(0, 1);
    assertThat(match(labels(new StateIdentity(B, A)), new StateIdentity(A, A)).savedOf(1)).isNull();
  }

  /** So it was written before there were savepoints. */
  @Test
  void aLabelWithoutMeaningIsFoundByItsDescription() {
    Map<Integer, String> saved =
        Map.of(0, NodeLabel.of(counting(() -> {}), aggregate(9, 1, "COUNT")).text());
    assertThat(saved.get(0)).matches("GroupAggregate \\([0-9a-f]+\\)");
    NodeMatching matching = match(saved, chosen("1"));
    assertThat(matching.savedOf(1)).isEqualTo(0);
  }

  /** The job of {@link #counting}, as it is made of SQL. */
  private Dataflow identified() {
    Dataflow dataflow = counting(() -> {});
    return new Dataflow(
        dataflow.nodes(),
        Map.of(),
        ErrorHandling.FAILING,
        Map.of(1, new StateIdentity(B, B), 4, new StateIdentity(A, A)));
  }

  /** The files are of a job that was stopped when half of the numbers were read. */
  @Test
  void aJobThatWasSavedBeforeThereWereSavepointsGoesOn() {
    Path resources = Path.of("src", "test", "resources", "snapshots", "v1", "described");
    StoredSnapshot before = SnapshotFinder.find(resources.toString());
    assertThat(before.info().nodes()).containsEntry(3, "GroupAggregate (3d558ef)");
    counts = new SimulatedLedger("counts", never);
    Origin origin = new Origin(before, false);
    assertThat(
            Simulation.from(identified(), config("second", 2), 3, Duration.ofDays(400), origin)
                .run(LIMIT))
        .isTrue();
    assertThat(last(counts.rows())).isEqualTo(allCounts());
  }
}
