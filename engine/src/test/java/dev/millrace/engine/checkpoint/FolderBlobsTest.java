package dev.millrace.engine.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is so in folders only; what holds everywhere is tested where all stores are on hand. */
class FolderBlobsTest {
  @TempDir Path temp;

  private Path folder;
  private FolderBlobs blobs;

  @BeforeEach
  void open() {
    folder = temp.resolve("not/there yet");
    blobs = new FolderBlobs(folder);
  }

  private static void write(BlobStore blobs, String name, String content) throws IOException {
    try (BlobStore.Upload upload = blobs.create(name)) {
      upload.stream().write(content.getBytes(UTF_8));
      upload.publish();
    }
  }

  private String read(String name) throws IOException {
    try (InputStream in = blobs.open(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void replacesABlobOfTheSameName() throws IOException {
    write(blobs, "a", "one");
    write(blobs, "a", "other");

    assertThat(read("a")).isEqualTo("other");
    assertThat(files()).hasSize(1);
    assertThat(blobs.describe()).isEqualTo(folder.toString());
  }

  @Test
  void nothingIsThereBeforeItIsPublished() throws IOException {
    try (BlobStore.Upload upload = blobs.create("a/b")) {
      upload.stream().write(1);
      assertThat(blobs.list("")).isEmpty();
      assertThatThrownBy(() -> blobs.open("a/b")).isInstanceOf(NoSuchFileException.class);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void removesBlobsAndTheFoldersTheyLeaveEmpty() throws IOException {
    write(blobs, "a/b/c", "x");
    write(blobs, "a/d", "x");
    blobs.delete("a/b/c");
    blobs.delete("a/b/c");

    assertThat(folder.resolve("a/b")).doesNotExist();
    assertThat(blobs.list("")).containsExactly("a/d");
    blobs.delete("a/d");
    assertThat(folder.resolve("a")).doesNotExist();
    assertThat(folder).exists();
    assertThatThrownBy(() -> blobs.open("a/d")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> blobs.size("a/d")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void sweepsLeftoversButNotUploadsOfThisProcess() throws IOException {
    write(blobs, "job/parts/1/a.part", "whole");
    Path leftover = folder.resolve("job/parts/1/.b.part.01234567-89ab-cdef-0123-456789abcdef.tmp");
    Files.writeString(leftover, "half");
    Path foreign = Files.writeString(folder.resolve("job/.notes.tmp"), "mine");
    try (BlobStore.Upload upload = blobs.create("job/parts/1/c.part")) {
      upload.stream().write("c".getBytes(UTF_8));
      assertThat(blobs.list("")).containsExactly("job/parts/1/a.part");

      new FolderBlobs(folder).sweep("job/manifests/");
      assertThat(leftover).exists();
      new FolderBlobs(folder).sweep("job/");

      assertThat(leftover).doesNotExist();
      assertThat(foreign).exists();
      upload.publish();
    }
    assertThat(blobs.list("")).containsExactly("job/parts/1/a.part", "job/parts/1/c.part");
  }

  @Test
  void sweepsUploadsOfAnotherProcessOnlyOnceItIsDead() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                location(FolderBlobs.class)
                    + System.getProperty("path.separator")
                    + location(HangingUpload.class),
                HangingUpload.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream out = process.getInputStream()) {
      assertThat(out.read()).isEqualTo('!');
      assertThat(files()).hasSize(1);

      blobs.sweep("");
      assertThat(files()).hasSize(1);

      process.destroyForcibly().waitFor();
      blobs.sweep("");
      assertThat(files()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Begins an upload, says so, and waits to be killed. */
  static final class HangingUpload {
    private HangingUpload() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
      try (BlobStore.Upload upload = new FolderBlobs(Path.of(arguments[0])).create("a/b")) {
        upload.stream().write(1);
        System.out.print('!');
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }
}
