package dev.millrace.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a snapshot that are not what was written. */
class DamageTest {
  private final long seed = Long.getLong("millrace.random.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir Path temp;

  private FolderBlobs blobs;
  private SnapshotStore store;
  private Map<Snapshots.Key, List<List<Object>>> first;
  private Map<Snapshots.Key, List<List<Object>>> second;

  @BeforeEach
  void writeTwo() {
    blobs = new FolderBlobs(temp);
    store = new SnapshotStore(blobs, "a job");
    first = Snapshots.write(store, 6, random);
    second = Snapshots.write(store, 7, random);
    assertThat(Snapshots.read(store.open(7))).as("seed %d", seed).isEqualTo(second);
  }

  /** All files of the newer snapshot. */
  private List<String> files() throws IOException {
    List<String> files = new ArrayList<>(blobs.list("a%20job/parts/7/"));
    assertThat(files).hasSize(4);
    files.add("a%20job/manifests/7.manifest");
    return files;
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(temp.resolve(file));
  }

  private static final class Blocks {
    private Blocks() {}

    /** Where the blocks of a file begin, and where it ends. */
    static List<Integer> boundaries(byte[] file) {
      List<Integer> boundaries = new ArrayList<>();
      ByteBuffer buffer = BlockWriter.littleEndian(file);
      int at = SnapshotFormat.HEADER_BYTES;
      while (at < file.length) {
        boundaries.add(at);
        at += SnapshotFormat.BLOCK_HEADER_BYTES + buffer.getInt(at + 1 + Integer.BYTES);
      }
      assertThat(at).isEqualTo(file.length);
      return boundaries;
    }
  }

  @Test
  void aTruncatedFileIsFound() throws IOException {
    for (String file : files()) {
      byte[] bytes = bytes(file);
      List<Integer> ends = Blocks.boundaries(bytes);
      ends.add(0);
      for (int i = 0; i < 30; i++) {
        ends.add(random.nextInt(bytes.length));
      }
      for (int end : ends) {
        isFound(file, Arrays.copyOf(bytes, end));
      }
    }
  }

  @Test
  void aFlippedBitIsFound() throws IOException {
    for (String file : files()) {
      byte[] bytes = bytes(file);
      for (int i = 0; i < 100; i++) {
        isFound(file, flipped(bytes, random.nextInt(bytes.length)));
      }
      for (int block : Blocks.boundaries(bytes)) {
        for (int i = 0; i < SnapshotFormat.BLOCK_HEADER_BYTES; i++) {
          isFound(file, flipped(bytes, block + i));
        }
      }
      for (int i = 0; i < SnapshotFormat.HEADER_BYTES; i++) {
        isFound(file, flipped(bytes, i));
      }
    }
  }

  private byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return flipped;
  }

  @Test
  void aRangeOfOtherBytesIsFound() throws IOException {
    for (String file : files()) {
      byte[] bytes = bytes(file);
      for (int i = 0; i < 20; i++) {
        byte[] garbled = bytes.clone();
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(1000));
        for (int at = from; at < to; at++) {
          garbled[at] = (byte) random.nextInt();
        }
        if (!Arrays.equals(bytes, garbled)) {
          isFound(file, garbled);
        }
      }
      isFound(file, new byte[bytes.length]);
    }
  }

  @Test
  void bytesAfterTheEndAreFound() throws IOException {
    for (String file : files()) {
      byte[] bytes = bytes(file);
      isFound(file, Arrays.copyOf(bytes, bytes.length + 1));
      byte[] twice = Arrays.copyOf(bytes, bytes.length * 2);
      System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
      isFound(file, twice);
    }
  }

  /** Whole blocks are sound each for itself. */
  @Test
  void aMissingBlockIsFound() throws IOException {
    for (String file : files()) {
      byte[] bytes = bytes(file);
      List<Integer> boundaries = Blocks.boundaries(bytes);
      for (int i = 0; i + 1 < boundaries.size(); i++) {
        byte[] without = new byte[bytes.length - boundaries.get(i + 1) + boundaries.get(i)];
        System.arraycopy(bytes, 0, without, 0, boundaries.get(i));
        System.arraycopy(
            bytes,
            boundaries.get(i + 1),
            without,
            boundaries.get(i),
            bytes.length - boundaries.get(i + 1));
        isFound(file, without);
      }
    }
  }

  @Test
  void aSoundFileInTheWrongPlaceIsFound() throws IOException {
    List<String> files = files();
    isFound(files.get(0), bytes(files.get(1)));
    isFound(files.get(1), bytes(files.get(2)));
    isFound(files.get(2), bytes(files.get(2).replace("/7/", "/6/")));
    isFound(files.get(3), bytes(files.get(4)));
    isFound(files.get(4), bytes(files.get(0)));
    isFound(files.get(4), bytes("a%20job/manifests/6.manifest"));
  }

  @Test
  void aMissingPartIsFound() throws IOException {
    Files.delete(temp.resolve("a%20job/parts/7/2-1.part"));
    assertThatThrownBy(() -> store.open(7))
        .isInstanceOf(DamagedSnapshotException.class)
        .hasMessage(
            "Checkpoint 7 in %s/a%%20job is damaged (part 7/2-1.part: it is missing)", temp);
    goesToTheOneBefore(
        "Checkpoint 7 in "
            + temp
            + "/a%20job is damaged (part 7/2-1.part: it is missing); trying checkpoint 6.");
  }

  @Test
  void withoutItsManifestASnapshotIsNotComplete() throws IOException {
    Files.delete(temp.resolve("a%20job/manifests/7.manifest"));
    assertThat(store.epochs()).containsExactly(6L);
    assertThatThrownBy(() -> store.open(7))
        .isInstanceOf(DamagedSnapshotException.class)
        .hasMessageContaining("(manifest: it is missing)");
    goesToTheOneBefore(
        "Checkpoint 7 in " + temp + "/a%20job was not completed; trying checkpoint 6.");
  }

  @Test
  void ofALaterReleaseIsSaid() throws IOException {
    Path file = temp.resolve("a%20job/manifests/7.manifest");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer header = BlockWriter.littleEndian(bytes);
    header.putInt(Integer.BYTES, SnapshotFormat.VERSION + 1);
    header.putInt(2 * Integer.BYTES, BlockWriter.checksum(bytes, 0, 2 * Integer.BYTES));
    Files.write(file, bytes);

    goesToTheOneBefore(
        "Checkpoint 7 in "
            + temp
            + "/a%20job is of a later release (manifest: it has format version 3, and this Millrace"
            + " reads up to version 2); trying checkpoint 6.");
  }

  @Test
  void ifAllAreDamagedEachIsSaid() throws IOException {
    Files.write(temp.resolve("a%20job/parts/7/1-0.part"), new byte[0]);
    Files.write(temp.resolve("a%20job/manifests/6.manifest"), new byte[10]);
    List<String> skipped = new ArrayList<>();

    assertThat(store.newest(skipped::add)).isEmpty();

    assertThat(skipped)
        .containsExactly(
            "Checkpoint 7 in "
                + temp
                + "/a%20job is damaged (part 7/1-0.part: it has 0 bytes instead of "
                + sizeOf(7)
                + "); trying checkpoint 6.",
            "Checkpoint 6 in "
                + temp
                + "/a%20job is damaged (manifest: it ends too early); there is no older one.");
  }

  private long sizeOf(int epoch) throws IOException {
    String name = "a%20job/manifests/" + epoch + ".manifest";
    try (InputStream in = blobs.open(name)) {
      return Manifest.readFrom(in, blobs.size(name)).parts().get(0).length();
    }
  }

  /** Whatever happens to a part once its snapshot is open, rows that are read were written. */
  @Test
  void damageAfterOpeningIsFound() throws IOException {
    StoredSnapshot opened = store.open(7);
    String file = "a%20job/parts/7/1-0.part";
    byte[] bytes = bytes(file);
    for (int i = 0; i < 200; i++) {
      int at = random.nextInt(bytes.length);
      boolean cut = random.nextInt(4) == 0;
      Files.write(temp.resolve(file), cut ? Arrays.copyOf(bytes, at) : flipped(bytes, at));
      Map<Snapshots.Key, List<List<Object>>> found = new TreeMap<>();
      assertThatThrownBy(
              () ->
                  opened.forEach(
                      1,
                      "shared",
                      batch ->
                          found
                              .computeIfAbsent(
                                  new Snapshots.Key(1, "shared"), key -> new ArrayList<>())
                              .addAll(Snapshots.rows(batch))))
          .as("seed %d", seed)
          .isInstanceOf(DamagedSnapshotException.class)
          .hasMessageContaining("part 7/1-0.part");
      found.forEach(
          (key, rows) ->
              assertThat(second.get(key).subList(0, rows.size()))
                  .as("seed %d", seed)
                  .isEqualTo(rows));
    }
  }

  private void isFound(String file, byte[] damaged) throws IOException {
    byte[] sound = bytes(file);
    Files.write(temp.resolve(file), damaged);
    List<String> skipped = new ArrayList<>();

    StoredSnapshot newest = store.newest(skipped::add).orElseThrow();

    assertThat(newest.info().epoch()).as("seed %d, %s", seed, file).isEqualTo(6);
    String name = file.endsWith("manifest") ? "manifest" : file.substring(file.indexOf("/7/") + 1);
    assertThat(skipped).singleElement().asString().contains("is damaged (").contains(name);
    Files.write(temp.resolve(file), sound);
  }

  private void goesToTheOneBefore(String line) {
    List<String> skipped = new ArrayList<>();
    StoredSnapshot newest = store.newest(skipped::add).orElseThrow();
    assertThat(skipped).containsExactly(line);
    assertThat(newest.info()).isEqualTo(Snapshots.info(6));
    assertThat(Snapshots.read(newest)).as("seed %d", seed).isEqualTo(first);
  }
}
