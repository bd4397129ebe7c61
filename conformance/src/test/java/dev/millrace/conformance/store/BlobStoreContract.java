package dev.millrace.conformance.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.checkpoint.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every place for snapshots has to keep to. */
abstract class BlobStoreContract {
  private static final int MB = 1 << 20;

  protected BlobStore blobs;

  /** A store with nothing in it. */
  abstract BlobStore open() throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    blobs = open();
  }

  static void write(BlobStore blobs, String name, String content) throws IOException {
    write(blobs, name, content.getBytes(UTF_8));
  }

  static void write(BlobStore blobs, String name, byte[] content) throws IOException {
    try (BlobStore.Upload upload = blobs.create(name)) {
      upload.stream().write(content);
      upload.publish();
    }
  }

  private String read(String name) throws IOException {
    try (InputStream in = blobs.open(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void keepsBlobsByName() throws IOException {
    assertThat(blobs.list("")).isEmpty();
    write(blobs, "a/b/2", "two");
    write(blobs, "a/b/10", "ten");
    write(blobs, "a/c", "");
    write(blobs, "ab/d", "d");

    assertThat(blobs.list("")).containsExactly("a/b/10", "a/b/2", "a/c", "ab/d");
    assertThat(blobs.list("a/")).containsExactly("a/b/10", "a/b/2", "a/c");
    assertThat(blobs.list("a/b/")).containsExactly("a/b/10", "a/b/2");
    assertThat(blobs.list("none/")).isEmpty();
    assertThat(read("a/b/10")).isEqualTo("ten");
    assertThat(read("a/c")).isEmpty();
    assertThat(blobs.size("a/b/2")).isEqualTo(3);
    assertThat(blobs.size("a/c")).isZero();
  }

  @Test
  void keepsNamesAsTheyAre() throws IOException {
    List<String> names = List.of("a b+c", "job%20x~1/d.part", "ıŞ=&?#;:@");
    for (String name : names) {
      write(blobs, name, name);
    }
    assertThat(blobs.list("")).isEqualTo(names);
    assertThat(blobs.list("job%20x~1/")).containsExactly("job%20x~1/d.part");
    for (String name : blobs.list("")) {
      assertThat(read(name)).isEqualTo(name);
    }
    blobs.delete(blobs.list(""));
    assertThat(blobs.list("")).isEmpty();
  }

  @Test
  void replacesABlobOfTheSameName() throws IOException {
    write(blobs, "a", "one");
    write(blobs, "a", "other");

    assertThat(read("a")).isEqualTo("other");
    assertThat(blobs.list("")).containsExactly("a");
  }

  @Test
  void keepsBlobsOfAnySize() throws IOException {
    Random random = new Random(17);
    for (int size : new int[] {1, 8 * MB - 1, 8 * MB, 8 * MB + 1, 16 * MB, 21 * MB + 7}) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      try (BlobStore.Upload upload = blobs.create("large")) {
        int written = 0;
        while (written < size) {
          int count = Math.min(1 + random.nextInt(3 * MB), size - written);
          upload.stream().write(content, written, count);
          written += count;
        }
        upload.publish();
      }
      assertThat(blobs.size("large")).isEqualTo(size);
      try (InputStream in = blobs.open("large")) {
        assertThat(in.readAllBytes()).isEqualTo(content);
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void nothingIsThereBeforeItIsPublished() throws IOException {
    for (int size : new int[] {1, 20 * MB}) {
      try (BlobStore.Upload upload = blobs.create("a/b")) {
        upload.stream().write(new byte[size]);
        assertThat(blobs.list("")).isEmpty();
        assertThatThrownBy(() -> blobs.open("a/b")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> blobs.size("a/b")).isInstanceOf(NoSuchFileException.class);
      }
      assertThat(blobs.list("")).isEmpty();
    }
  }

  @Test
  void anUploadThatIsGivenUpLeavesWhatWasThere() throws IOException {
    write(blobs, "a", "before");
    try (BlobStore.Upload upload = blobs.create("a")) {
      upload.stream().write(new byte[20 * MB]);
    }
    assertThat(read("a")).isEqualTo("before");
  }

  @Test
  void sweepingLeavesUploadsUnderWay() throws IOException {
    try (BlobStore.Upload upload = blobs.create("job/a")) {
      upload.stream().write(new byte[10 * MB]);
      blobs.sweep("");
      blobs.sweep("job/");
      upload.publish();
    }
    assertThat(blobs.size("job/a")).isEqualTo(10 * MB);
  }

  @Test
  void removesBlobs() throws IOException {
    write(blobs, "a/b/c", "x");
    write(blobs, "a/d", "x");
    blobs.delete("a/b/c");
    blobs.delete("a/b/c");

    assertThat(blobs.list("")).containsExactly("a/d");
    blobs.delete("a/d");
    assertThatThrownBy(() -> blobs.open("a/d")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> blobs.size("a/d")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void listsAndRemovesManyBlobs() throws Exception {
    List<String> names = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> writes = new ArrayList<>();
      for (int i = 0; i < 1050; i++) {
        String name = "job/parts/%05d".formatted(i);
        names.add(name);
        writes.add(
            () -> {
              write(blobs, name, name);
              return null;
            });
      }
      for (Future<Void> written : threads.invokeAll(writes)) {
        written.get();
      }
    } finally {
      threads.shutdownNow();
    }
    write(blobs, "job/manifests/1", "stays");
    assertThat(blobs.list("job/parts/")).isEqualTo(names);

    blobs.delete(List.of());
    names.add("job/parts/none");
    blobs.delete(names);
    assertThat(blobs.list("")).containsExactly("job/manifests/1");
  }

  @Test
  void refusesNamesThatLeadElsewhere() {
    for (String name : List.of("", "/a", "a/", "a//b", "../a", "a/../b", ".a", "a\\b")) {
      assertThatThrownBy(() -> blobs.create(name)).isInstanceOf(IllegalArgumentException.class);
    }
    for (String prefix : List.of("a", "/", "../", "a//")) {
      assertThatThrownBy(() -> blobs.list(prefix)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
