package dev.millrace.api;

import dev.millrace.engine.checkpoint.BlobStore;
import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.runtime.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Takes savepoints of a job. Each gets a folder of its own, in which the job's script and plan lie
 * beside the state: it is all that is needed to go on elsewhere. Thread-safe.
 */
final class Savepoints {
  /** The blob with the script; there is none if the job was started from a plan. */
  static final String SCRIPT = "job.sql";

  /** The blob with the compiled plan. */
  static final String PLAN = "job.plan.json";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
  private static final int UNIQUE_LENGTH = 6;

  private final String directory;
  private final Options options;
  private final Map<String, String> files = new TreeMap<>();

  /**
   * For a job.
   *
   * @param directory where savepoints go unless said
   * @param options of the session
   * @param script its text, placeholders unresolved; null if there is none
   * @param plan its compiled plan, placeholders unresolved
   */
  Savepoints(String directory, Options options, String script, String plan) {
    this.directory = directory;
    this.options = options;
    files.put(PLAN, plan);
    if (script != null) {
      files.put(SCRIPT, script);
    }
  }

  /**
   * Waits for a savepoint and returns where it lies, a path or URI.
   *
   * @param wanted the directory that takes its folder; null for the one that the job's settings
   *     name
   */
  String take(Job job, String wanted, boolean stop) throws InterruptedException {
    String place = BlobStores.absolute(wanted == null ? directory : wanted) + "/" + newName();
    BlobStore blobs = BlobStores.open(place, options);
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        write(blobs, file.getKey(), file.getValue());
      }
      job.savepoint(new SnapshotStore(blobs, job.config().name()), stop).get();
      return place;
    } catch (ExecutionException | CompletionException e) {
      remove(blobs);
      throw (MillraceException) e.getCause();
    } catch (IOException e) {
      throw MillraceException.job(
          "No savepoint was taken: %s cannot be written (%s).".formatted(place, e.getMessage()), e);
    }
  }

  private static String newName() {
    return "savepoint-%s-%s"
        .formatted(
            LocalDateTime.now(ZoneOffset.UTC).format(TIME),
            UUID.randomUUID().toString().substring(0, UNIQUE_LENGTH));
  }

  private static void write(BlobStore blobs, String name, String text) throws IOException {
    try (BlobStore.Upload upload = blobs.create(name)) {
      upload.stream().write(text.getBytes(StandardCharsets.UTF_8));
      upload.publish();
    }
  }

  private void remove(BlobStore blobs) {
    try {
      for (String name : files.keySet()) {
        blobs.delete(name);
      }
    } catch (IOException e) {
      // The store does not answer: whoever looks at the folder finds no snapshot there.
    }
  }
}
