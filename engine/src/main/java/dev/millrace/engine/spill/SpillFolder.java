package dev.millrace.engine.spill;

import dev.millrace.engine.checkpoint.SpillFile;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of this process for the files of a job, made with the first of them. Thread-safe. What a
 * process that was killed has left can be deleted.
 */
public final class SpillFolder implements AutoCloseable {
  private final Path parent;
  private Path folder;
  private long files;

  /** {@code parent} is made if it is not there. */
  public SpillFolder(Path parent) {
    this.parent = parent;
  }

  synchronized SpillFile.Writer create() {
    try {
      if (folder == null) {
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, "millrace-state-");
      }
    } catch (IOException e) {
      throw MillraceException.job(
          "Cannot make a folder for state in %s ('millrace.state.dir'): %s"
              .formatted(parent, e.getMessage()),
          e);
    }
    return SpillFile.create(folder.resolve(files++ + ".state"));
  }

  /** Removes the folder with all that is left in it. */
  @Override
  public synchronized void close() {
    if (folder == null || !Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> children = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : children) {
        Files.deleteIfExists(path);
      }
      folder = null;
    } catch (IOException e) {
      throw MillraceException.job("Cannot remove " + folder + ": " + e.getMessage(), e);
    }
  }
}
