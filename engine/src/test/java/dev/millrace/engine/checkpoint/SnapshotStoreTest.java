package dev.millrace.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
  private static final DataType LONGS = DataType.rowOf(List.of(DataType.of(TypeRoot.BIGINT)));

  private final long seed = Long.getLong("millrace.random.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir Path temp;

  private FolderBlobs blobs;
  private SnapshotStore store;

  @BeforeEach
  void open() {
    blobs = new FolderBlobs(temp);
    store = new SnapshotStore(blobs, "job");
  }

  private static TableInfo longs(String name) {
    return new TableInfo(name, 1, LONGS, List.of(0), false);
  }

  private static Batch batch(LongStream values) {
    long[] array = values.toArray();
    return new Batch(array.length, new LongVector(array.length, array, null));
  }

  private static void part(SnapshotWriter writer, int node, int subtask, long value) {
    try (PartWriter part = writer.part(node, subtask)) {
      part.table(longs("t"));
      part.rows(batch(LongStream.of(value)));
    }
  }

  /** A snapshot with one row, the epoch. */
  private void write(long epoch) {
    SnapshotWriter writer = store.begin(epoch);
    part(writer, 1, 0, epoch);
    writer.publish(Snapshots.info(epoch));
  }

  private static List<Long> read(StoredSnapshot snapshot, int node, String table) {
    List<Long> values = new ArrayList<>();
    snapshot.forEach(
        node,
        table,
        rows -> {
          long[] column = ((LongVector) rows.column(0)).values();
          for (int i = 0; i < rows.rowCount(); i++) {
            values.add(column[i]);
          }
        });
    return values;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void unexpected(String line) {
    throw new AssertionError(line);
  }

  @Test
  void readsBackWhatWasWritten() {
    assertThat(store.newest(SnapshotStoreTest::unexpected)).isEmpty();
    Map<Snapshots.Key, List<List<Object>>> expected = Snapshots.write(store, 5, random);

    StoredSnapshot found =
        new SnapshotStore(blobs, "job").newest(SnapshotStoreTest::unexpected).orElseThrow();

    assertThat(found.info()).isEqualTo(Snapshots.info(5));
    assertThat(found.nodes()).containsExactly(1, 2);
    assertThat(found.tables(1))
        .containsExactlyInAnyOrder(Snapshots.table("t"), Snapshots.table("shared"));
    assertThat(found.tables(3)).isEmpty();
    assertThat(found.rows(2, "t")).isEqualTo(180);
    assertThat(Snapshots.read(found)).as("seed %d", seed).isEqualTo(expected);
    assertThatThrownBy(() -> found.rows(1, "u")).hasMessage("node 1 has no table u");
  }

  @Test
  void saysHowManyBytesThereAre() throws IOException {
    write(1);
    long bytes = 0;
    for (String name : blobs.list("job/parts/")) {
      bytes += blobs.size(name);
    }
    assertThat(store.open(1).bytes()).isEqualTo(bytes);
  }

  @Test
  void keepsTablesWithoutRowsAndPartsWithoutTables() {
    SnapshotWriter writer = store.begin(0);
    writer.part(1, 0).close();
    try (PartWriter part = writer.part(2, 0)) {
      part.table(longs("t"));
      part.rows(batch(LongStream.empty()));
      part.table(longs("u"));
    }
    writer.publish(Snapshots.info(0));

    StoredSnapshot found = store.open(0);
    assertThat(found.nodes()).containsExactly(1, 2);
    assertThat(found.tables(1)).isEmpty();
    assertThat(found.tables(2)).containsExactly(longs("t"), longs("u"));
    assertThat(read(found, 2, "u")).isEmpty();
  }

  /** Subtasks come in their order as numbers, whoever was first. */
  @Test
  void threadsWritePartsAtTheSameTime() throws Exception {
    SnapshotWriter writer = store.begin(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> writing = new ArrayList<>();
      for (int subtask = 11; subtask >= 0; subtask--) {
        int own = subtask;
        writing.add(
            threads.submit(
                () -> {
                  try (PartWriter part = writer.part(1, own)) {
                    part.table(longs("t"));
                    for (int i = 0; i < 20; i++) {
                      long from = own * 200_000L + i * 10_000L;
                      part.rows(batch(LongStream.range(from, from + 10_000)));
                    }
                  }
                }));
      }
      for (Future<?> each : writing) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    writer.publish(Snapshots.info(1));

    assertThat(read(store.open(1), 1, "t"))
        .isEqualTo(LongStream.range(0, 12 * 200_000L).boxed().toList());
  }

  @Test
  void aBatchThatIsTooLongForABlockIsWrittenInPieces() {
    SnapshotWriter writer = store.begin(1);
    try (PartWriter part = writer.part(1, 0, 1000)) {
      part.table(longs("t"));
      part.rows(batch(LongStream.range(0, 100)));
      part.rows(batch(LongStream.range(100, 10_000)));
      part.rows(batch(LongStream.range(10_000, 10_001)));
    }
    writer.publish(Snapshots.info(1));

    assertThat(read(store.open(1), 1, "t")).isEqualTo(LongStream.range(0, 10_001).boxed().toList());
    assertThat(store.open(1).rows(1, "t")).isEqualTo(10_001);
  }

  @Test
  void aRowThatIsTooLongFailsByName() {
    SnapshotWriter writer = store.begin(1);
    try (PartWriter part = writer.part(1, 0, 10)) {
      part.table(longs("t"));
      assertThatThrownBy(() -> part.rows(batch(LongStream.range(0, 3))))
          .isInstanceOf(MillraceException.class)
          .hasMessageStartingWith("A row of the state 't' is too large to be saved: ");
    }
    assertThatThrownBy(() -> writer.publish(Snapshots.info(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not complete: [1/1-0.part]");
  }

  @Test
  void opaqueValuesAreRefusedByName() {
    SnapshotWriter writer = store.begin(1);
    try (PartWriter part = writer.part(1, 0)) {
      DataType row = DataType.rowOf(List.of(DataType.raw("RAW('x')")));
      assertThatThrownBy(() -> part.table(new TableInfo("t", 1, row, List.of(), false)))
          .isInstanceOf(UnsupportedException.class)
          .hasMessageContaining("RAW('x')");
    }
    writer.abort();
  }

  @Test
  void whatIsWrongWithTheCallsIsSaid() {
    SnapshotWriter writer = store.begin(1);
    assertThatThrownBy(() -> store.begin(2)).hasMessageContaining("still being written");
    assertThatThrownBy(() -> writer.publish(Snapshots.info(2))).hasMessageContaining("epoch 2");
    PartWriter part = writer.part(1, 0);
    assertThatThrownBy(() -> writer.part(1, 0)).hasMessageContaining("1/1-0.part");
    assertThatThrownBy(() -> writer.publish(Snapshots.info(1)))
        .hasMessageContaining("not complete: [1/1-0.part]");
    part.close();
    assertThatThrownBy(() -> part.table(longs("u"))).hasMessage("closed");
    writer.publish(Snapshots.info(1));
    assertThatThrownBy(() -> writer.publish(Snapshots.info(1))).hasMessageContaining("PUBLISHED");
    assertThatThrownBy(() -> writer.part(1, 1)).isInstanceOf(IllegalStateException.class);
    writer.abort();
    assertThat(store.epochs()).containsExactly(1L);
  }

  @Test
  void aPartThatWasWrittenWronglyIsNotComplete() {
    SnapshotWriter writer = store.begin(1);
    try (PartWriter part = writer.part(1, 0)) {
      assertThatThrownBy(() -> part.rows(batch(LongStream.of(1)))).hasMessage("rows of no table");
    }
    try (PartWriter part = writer.part(1, 1)) {
      part.table(longs("t"));
      assertThatThrownBy(() -> part.table(longs("t"))).hasMessage("two tables named t");
    }
    assertThatThrownBy(() -> writer.publish(Snapshots.info(1)))
        .hasMessageContaining("not complete: [1/1-0.part, 1/1-1.part]");
    writer.abort();
    assertThat(store.epochs()).isEmpty();
  }

  @Test
  void instancesMustAgreeOnTheirTables() {
    SnapshotWriter writer = store.begin(1);
    part(writer, 1, 0, 1);
    PartWriter part = writer.part(1, 1);
    part.table(new TableInfo("t", 2, LONGS, List.of(0), false));
    assertThatThrownBy(part::close).hasMessage("instances of node 1 differ in table t");
    assertThatThrownBy(() -> writer.publish(Snapshots.info(1)))
        .hasMessageContaining("not complete: [1/1-1.part]");
    writer.abort();
  }

  @Test
  void aSnapshotThatWasGivenUpLeavesNothing() throws IOException {
    SnapshotWriter writer = store.begin(1);
    part(writer, 1, 0, 1);
    PartWriter late = writer.part(1, 1);
    late.table(longs("t"));
    writer.abort();
    late.rows(batch(LongStream.of(2)));
    late.close();
    writer.part(1, 2).close();
    writer.abort();

    assertThat(files()).isEmpty();
    assertThatThrownBy(() -> writer.publish(Snapshots.info(1))).hasMessageContaining("GIVEN_UP");
    write(2);
    assertThat(store.epochs()).containsExactly(2L);
  }

  @Test
  void whatACrashLeftIsSaidAndGoesLater() throws IOException {
    write(1);
    SnapshotWriter crashed = store.begin(2);
    part(crashed, 1, 0, 20);
    assertThat(store.newest(SnapshotStoreTest::unexpected)).as("still being written").isPresent();
    String leftover = ".1-1.part.01234567-89ab-cdef-0123-456789abcdef.tmp";
    Files.write(temp.resolve("job/parts/2").resolve(leftover), new byte[1]);

    store = new SnapshotStore(blobs, "job");
    List<String> skipped = new ArrayList<>();
    assertThat(store.newest(skipped::add).orElseThrow().info().epoch()).isEqualTo(1);
    assertThat(skipped)
        .containsExactly(
            "Checkpoint 2 in " + temp + "/job was not completed; trying checkpoint 1.");

    store.sweep();
    assertThat(temp.resolve("job/parts/2").resolve(leftover)).doesNotExist();
    write(2);
    assertThat(blobs.list("job/parts/"))
        .containsExactly("job/parts/1/1-0.part", "job/parts/2.2/1-0.part", "job/parts/2/1-0.part");
    assertThat(read(store.newest(SnapshotStoreTest::unexpected).orElseThrow(), 1, "t"))
        .containsExactly(2L);
    store.retain(1);
    assertThat(blobs.list("job/"))
        .containsExactly("job/manifests/2.manifest", "job/parts/2.2/1-0.part");
    assertThat(read(store.open(2), 1, "t")).containsExactly(2L);
  }

  @Test
  void anEpochThatIsBegunAnewIsGivenUp() {
    write(1);
    write(2);
    SnapshotWriter again = store.begin(2);
    assertThat(store.epochs()).containsExactly(1L);
    part(again, 1, 0, 22);
    again.publish(Snapshots.info(2));
    assertThat(read(store.open(2), 1, "t")).containsExactly(22L);
  }

  @Test
  void keepsAsManyAsAreWanted() throws IOException {
    LongStream.of(1, 2, 3, 10, 11).forEach(this::write);
    store.retain(9);
    assertThat(store.epochs()).containsExactly(11L, 10L, 3L, 2L, 1L);
    store.retain(3);
    assertThat(store.epochs()).containsExactly(11L, 10L, 3L);
    assertThat(blobs.list("job/parts/")).hasSize(3);
    store.delete(10);
    store.delete(10);
    assertThat(store.epochs()).containsExactly(11L, 3L);
    assertThat(files()).hasSize(4);
    assertThat(read(store.open(3), 1, "t")).containsExactly(3L);
    store.delete(11);
    store.delete(3);
    assertThat(files()).isEmpty();
  }

  @Test
  void doesNotTouchWhatIsBeingWrittenOrOfOtherJobs() {
    SnapshotStore other = new SnapshotStore(blobs, "job 2");
    Snapshots.write(other, 1, random);
    write(1);
    SnapshotWriter writer = store.begin(2);
    part(writer, 1, 0, 2);
    store.retain(1);
    writer.publish(Snapshots.info(2));
    store.retain(1);

    assertThat(read(store.open(2), 1, "t")).containsExactly(2L);
    assertThat(other.newest(SnapshotStoreTest::unexpected)).isPresent();
  }

  /** A manifest may refer to parts that earlier epochs wrote. */
  @Test
  void keepsPartsThatALaterSnapshotRefersTo() throws IOException {
    write(1);
    write(2);
    Manifest one = manifest(1);
    Manifest two = manifest(2);
    List<Manifest.Part> parts = new ArrayList<>(one.parts());
    Manifest.Part own = two.parts().get(0);
    parts.add(new Manifest.Part(own.name(), 1, 1, own.length(), own.checksum()));
    try (BlobStore.Upload upload =
        blobs.create(SnapshotNames.ofJob(blobs.describe(), "job").manifest(3))) {
      new Manifest(Snapshots.info(3), parts, one.tables()).writeTo(upload.stream());
      upload.publish();
    }

    store.retain(1);

    assertThat(store.epochs()).containsExactly(3L);
    assertThat(read(store.newest(SnapshotStoreTest::unexpected).orElseThrow(), 1, "t"))
        .containsExactly(1L, 2L);
    store.delete(3);
    assertThat(files()).isEmpty();
  }

  private Manifest manifest(long epoch) throws IOException {
    String name = SnapshotNames.ofJob(blobs.describe(), "job").manifest(epoch);
    try (InputStream in = blobs.open(name)) {
      return Manifest.readFrom(in, blobs.size(name));
    }
  }

  @Test
  void damagedOnesDoNotCountAndKeepWhatTheyMayReferTo() throws IOException {
    LongStream.rangeClosed(1, 4).forEach(this::write);
    Files.write(temp.resolve("job/manifests/4.manifest"), new byte[3]);
    store.retain(2);
    assertThat(store.epochs()).containsExactly(4L, 3L, 2L);
    assertThat(blobs.list("job/parts/")).hasSize(4);
    write(5);
    write(6);
    store.retain(2);
    assertThat(blobs.list("job/"))
        .containsExactly(
            "job/manifests/5.manifest",
            "job/manifests/6.manifest",
            "job/parts/5/1-0.part",
            "job/parts/6/1-0.part");
  }

  @Test
  void differentJobsHaveDifferentFolders() {
    assertThat(SnapshotNames.folderOf("My-job_1.2")).isEqualTo("My-job_1.2");
    assertThat(SnapshotNames.folderOf("a/b c")).isEqualTo("a%2Fb%20c");
    assertThat(SnapshotNames.folderOf("..")).isEqualTo("%2E.");
    assertThat(SnapshotNames.folderOf("ı%")).isEqualTo("%C4%B1%25");
    String long1 = SnapshotNames.folderOf("İ".repeat(500));
    String long2 = SnapshotNames.folderOf("İ".repeat(501));
    assertThat(long1).hasSizeLessThan(255).isNotEqualTo(long2);
    assertThatThrownBy(() -> new SnapshotStore(blobs, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Rows as a table keeps them that an operator would restore. */
  private record Kept(DataType row, boolean shared, List<Long> restored) implements StateTable {
    @Override
    public String name() {
      return shared ? "shared" : "t";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Integer> key() {
      return List.of(0);
    }

    @Override
    public long bytes() {
      return (long) Long.BYTES * restored.size();
    }

    @Override
    public long rowCount() {
      return restored.size();
    }

    @Override
    public void save(Consumer<Batch> to) {
      restored.forEach(value -> to.accept(batch(LongStream.of(value))));
    }

    @Override
    public void restore(Batch rows) {
      for (int i = 0; i < rows.rowCount(); i++) {
        restored.add(((LongVector) rows.column(0)).values()[i]);
      }
    }
  }

  private static List<StateTable> instance() {
    return List.of(
        new Kept(LONGS, false, new ArrayList<>()), new Kept(LONGS, true, new ArrayList<>()));
  }

  @Test
  void anOperatorIsRestoredToAnotherNumberOfInstances() {
    SnapshotWriter writer = store.begin(1);
    for (int subtask = 0; subtask < 2; subtask++) {
      try (PartWriter part = writer.part(1, subtask)) {
        for (StateTable table : instance()) {
          part.table(TableInfo.of(table));
          part.rows(batch(LongStream.range(subtask * 500L, subtask * 500L + 500)));
        }
      }
    }
    writer.publish(Snapshots.info(1));

    Map<Long, Integer> owners = new TreeMap<>();
    List<List<StateTable>> instances = List.of(instance(), instance(), instance());
    restore(instances);
    for (List<StateTable> instance : instances) {
      List<Long> own = ((Kept) instance.get(0)).restored();
      assertThat(own).hasSizeBetween(200, 450);
      own.forEach(value -> assertThat(owners.put(value, 1)).isNull());
      assertThat(((Kept) instance.get(1)).restored()).hasSize(1000);
    }
    assertThat(owners).hasSize(1000);
    assertThatThrownBy(() -> restore(List.of(instance().subList(0, 1))))
        .hasMessage("state that is not restored: shared");
    DataType other = DataType.rowOf(List.of(DataType.of(TypeRoot.INTERVAL_DAY_TIME, 3)));
    Kept ofAnotherType = new Kept(other, false, new ArrayList<>());
    assertThatThrownBy(() -> restore(List.of(List.of(ofAnotherType, instance().get(1)))))
        .hasMessage("state that is not restored: t");
  }

  @Test
  void rowsOfAnotherVersionAreRefused() {
    StateRestore restore = new StateRestore(List.of(instance()));
    TableInfo other = new TableInfo("t", 2, LONGS, List.of(0), false);
    assertThatThrownBy(() -> restore.accept(other, batch(LongStream.of(1))))
        .hasMessage("state that is not restored: t");
  }

  private void restore(List<List<StateTable>> instances) {
    store.open(1).restore(1, (clock, output) -> null, new StateRestore(instances));
  }

  /** A store that fails as a full disk does, from some write on. */
  private final class FullDisk implements BlobStore {
    private int left;

    FullDisk(int left) {
      this.left = left;
    }

    @Override
    public Upload create(String name) throws IOException {
      if (left-- > 0) {
        return blobs.create(name);
      }
      OutputStream full = new FileOutputStream("/dev/full");
      return new Upload() {
        @Override
        public OutputStream stream() {
          return full;
        }

        @Override
        public void publish() {
          throw new AssertionError("published after a failed write");
        }

        @Override
        public void close() throws IOException {
          full.close();
        }
      };
    }

    @Override
    public InputStream open(String name) throws IOException {
      return blobs.open(name);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
      return blobs.list(prefix);
    }

    @Override
    public void delete(String name) throws IOException {
      blobs.delete(name);
    }

    @Override
    public void sweep(String prefix) throws IOException {
      blobs.sweep(prefix);
    }

    @Override
    public long size(String name) throws IOException {
      return blobs.size(name);
    }

    @Override
    public String describe() {
      return blobs.describe();
    }
  }

  @Test
  void aFullDiskIsSaidAndTheSnapshotBeforeIsIntact() throws IOException {
    assumeThat(Path.of("/dev/full")).exists();
    for (int left : IntStream.range(2, 5).toArray()) {
      store = new SnapshotStore(new FullDisk(left), "job " + left);
      write(1);
      SnapshotWriter writer = store.begin(2);
      assertThatThrownBy(
              () -> {
                part(writer, 1, 0, 1);
                part(writer, 1, 1, 2);
                writer.publish(Snapshots.info(2));
              })
          .isInstanceOf(MillraceException.class)
          .hasMessage(
              "Cannot write checkpoint 2 in %s/job%%20%d: the disk is full. Make room there; the"
                  + " checkpoints that were completed are intact",
              temp, left);
      writer.abort();
      assertThat(read(store.newest(SnapshotStoreTest::unexpected).orElseThrow(), 1, "t"))
          .containsExactly(1L);
      assertThat(blobs.list("job%20" + left + "/")).hasSize(2);
    }
  }

  @Test
  void aFileWhereAFolderBelongsIsSaid() throws IOException {
    Files.writeString(temp.resolve("job"), "a file");
    assertThatThrownBy(() -> store.begin(1))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("Cannot write checkpoint 1 in " + temp + "/job: ")
        .hasMessageContaining("Not a directory");
  }
}
