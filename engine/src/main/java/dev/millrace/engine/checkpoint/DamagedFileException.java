package dev.millrace.engine.checkpoint;

import java.io.IOException;

/** A file is not what {@link SnapshotFormat} says; the message says how, as a clause. */
final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean newer;

  DamagedFileException(String how) {
    this(how, false);
  }

  private DamagedFileException(String how, boolean newer) {
    super(how);
    this.newer = newer;
  }

  /** Of a sound file in a format that a later release writes. */
  static DamagedFileException newer(int version) {
    return new DamagedFileException(
        "it has format version "
            + version
            + ", and this Millrace reads up to version "
            + SnapshotFormat.VERSION,
        true);
  }

  boolean isNewer() {
    return newer;
  }
}
