package dev.millrace.engine.checkpoint;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** What people are told when a store fails or a snapshot is damaged. */
final class StoreErrors {
  /** How the common operating systems put it. */
  private static final List<String> FULL =
      List.of("No space left on device", "not enough space on the disk", "Disk quota exceeded");

  private StoreErrors() {}

  static MillraceException writing(String what, IOException e) {
    String why =
        isFull(e)
            ? "the disk is full. Make room there; the checkpoints that were completed are intact"
            : reason(e);
    return MillraceException.job("Cannot write " + what + ": " + why, e);
  }

  static MillraceException reading(String what, IOException e) {
    return MillraceException.job("Cannot read " + what + ": " + reason(e), e);
  }

  /** {@code what} begins the sentence. */
  static DamagedSnapshotException damaged(String what, String file, IOException e) {
    boolean newer = e instanceof DamagedFileException damage && damage.isNewer();
    String how = e instanceof NoSuchFileException ? "it is missing" : e.getMessage();
    return new DamagedSnapshotException(
        what + (newer ? " is of a later release (" : " is damaged (") + file + ": " + how + ")", e);
  }

  private static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return FULL.stream().anyMatch(message::contains);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission for " + e.getMessage();
    }
    boolean bare = e instanceof FileSystemException file && file.getReason() == null;
    return bare || e.getMessage() == null
        ? e.getClass().getSimpleName() + " " + e.getMessage()
        : e.getMessage();
  }
}
