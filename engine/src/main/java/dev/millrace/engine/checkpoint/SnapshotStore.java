package dev.millrace.engine.checkpoint;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The snapshots of one job in a {@link BlobStore}, by their epochs, in the files that {@link
 * SnapshotFormat} describes. Checkpoints and savepoints are the same thing in different stores.
 *
 * <p>A job that went back to an older snapshot best goes on with epochs after {@link #epochs}'
 * newest, so that what could not be used does not stay the newest.
 *
 * <p>A snapshot is there once its manifest is; the manifest names its parts, which may be shared
 * with other snapshots. Parts that no manifest names are of a snapshot being written or of one that
 * failed.
 *
 * <p>Thread-safe, for one process at a time. All methods throw a job's {@link MillraceException} if
 * the store fails.
 */
public final class SnapshotStore {
  private final BlobStore blobs;
  private final SnapshotNames names;

  private SnapshotWriter current;

  public SnapshotStore(BlobStore blobs, String job) {
    this(blobs, SnapshotNames.ofJob(blobs.describe(), job));
  }

  SnapshotStore(BlobStore blobs, SnapshotNames names) {
    this.blobs = blobs;
    this.names = names;
  }

  /** Where the snapshots lie, for messages. */
  public String describe() {
    return names.place();
  }

  /**
   * Begins a snapshot. If there is one of that epoch, it is given up: it is removed.
   *
   * @throws IllegalStateException if the one begun before was neither published nor aborted
   */
  public synchronized SnapshotWriter begin(long epoch) {
    if (current != null) {
      throw new IllegalStateException(names.snapshot(current.epoch()) + " is still being written");
    }
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch " + epoch);
    }
    try {
      if (published().contains(epoch)) {
        delete(epoch);
      }
      current = new SnapshotWriter(this, blobs, names, epoch, unusedFolder(epoch));
      return current;
    } catch (IOException e) {
      throw StoreErrors.writing(names.snapshot(epoch), e);
    }
  }

  private String unusedFolder(long epoch) throws IOException {
    String name = epoch + "/";
    for (int attempt = 2; !blobs.list(names.part(name)).isEmpty(); attempt++) {
      name = epoch + "." + attempt + "/";
    }
    return name;
  }

  void ended(SnapshotWriter writer) {
    current = current == writer ? null : current;
  }

  /** The epochs of the snapshots that were published, newest first. */
  public List<Long> epochs() {
    try {
      return published();
    } catch (IOException e) {
      throw StoreErrors.reading(names.place(), e);
    }
  }

  private List<Long> published() throws IOException {
    List<Long> epochs = new ArrayList<>();
    for (String name : blobs.list(names.manifests())) {
      names.epochOfManifest(name).ifPresent(epochs::add);
    }
    epochs.sort(Comparator.reverseOrder());
    return epochs;
  }

  /**
   * What the snapshot of an epoch says of itself; its parts are not looked at.
   *
   * @throws DamagedSnapshotException if the manifest is not what was written
   */
  public SnapshotInfo info(long epoch) {
    try {
      return manifest(epoch).info();
    } catch (IOException e) {
      throw StoreErrors.reading(names.snapshot(epoch), e);
    }
  }

  /**
   * The snapshot of an epoch, after all its bytes were read and found to be what was written.
   *
   * @throws DamagedSnapshotException if they are not
   */
  public StoredSnapshot open(long epoch) {
    try {
      Manifest manifest = manifest(epoch);
      for (Manifest.Part part : manifest.parts()) {
        verify(epoch, part);
      }
      return new StoredSnapshot(blobs, names, manifest);
    } catch (IOException e) {
      throw StoreErrors.reading(names.snapshot(epoch), e);
    }
  }

  private Manifest manifest(long epoch) throws IOException {
    String name = names.manifest(epoch);
    try (InputStream in = blobs.open(name)) {
      Manifest manifest = Manifest.readFrom(in, blobs.size(name));
      if (manifest.info().epoch() != epoch) {
        throw new DamagedFileException("it is that of epoch " + manifest.info().epoch());
      }
      return manifest;
    } catch (NoSuchFileException | DamagedFileException e) {
      throw StoreErrors.damaged(names.sentence(epoch), "manifest", e);
    }
  }

  private void verify(long epoch, Manifest.Part part) throws IOException {
    try (InputStream in = blobs.open(names.part(part.name()))) {
      CRC32C checksum = new CRC32C();
      byte[] buffer = new byte[1 << 16];
      long length = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        checksum.update(buffer, 0, n);
        length += n;
      }
      if (length != part.length()) {
        throw new DamagedFileException("it has " + length + " bytes instead of " + part.length());
      }
      if ((int) checksum.getValue() != part.checksum()) {
        throw new DamagedFileException("checksum differs");
      }
    } catch (NoSuchFileException | DamagedFileException e) {
      throw StoreErrors.damaged(names.sentence(epoch), "part " + part.name(), e);
    }
  }

  /**
   * The newest snapshot that is good. Each newer one that is damaged or was never completed is told
   * to {@code skipped} in one line; if there is a line but no snapshot, something was lost.
   */
  public Optional<StoredSnapshot> newest(Consumer<String> skipped) {
    List<Long> published = epochs();
    for (long epoch : unfinished(published)) {
      skipped.accept(names.sentence(epoch) + " was not completed; " + next(published, 0));
    }
    for (int i = 0; i < published.size(); i++) {
      try {
        return Optional.of(open(published.get(i)));
      } catch (DamagedSnapshotException e) {
        skipped.accept(e.getMessage() + "; " + next(published, i + 1));
      }
    }
    return Optional.empty();
  }

  private static String next(List<Long> epochs, int index) {
    return index < epochs.size()
        ? "trying checkpoint " + epochs.get(index) + "."
        : "there is no older one.";
  }

  /** The epochs after the newest published one that have parts, newest first. */
  private Set<Long> unfinished(List<Long> published) {
    try {
      Set<Long> epochs = new TreeSet<>(Comparator.reverseOrder());
      long newest = published.isEmpty() ? -1 : published.get(0);
      for (String name : blobs.list(names.parts())) {
        long epoch = names.epochOfPart(name).orElse(-1);
        if (epoch > newest && !isBeingWritten(name)) {
          epochs.add(epoch);
        }
      }
      return epochs;
    } catch (IOException e) {
      throw StoreErrors.reading(names.place(), e);
    }
  }

  private synchronized boolean isBeingWritten(String part) {
    return current != null && part.startsWith(names.part(current.folder()));
  }

  /**
   * Keeps the newest {@code count} snapshots whose manifests can be read, and whatever is newer
   * than the oldest of these, and removes all others with the parts that nothing refers to any
   * more.
   *
   * <p>As long as a manifest is kept that cannot be read, no part is removed: it may refer to any.
   */
  public synchronized void retain(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("retaining " + count);
    }
    try {
      int kept = 0;
      boolean allKnown = true;
      Set<String> referred = new HashSet<>();
      for (long epoch : published()) {
        if (kept == count) {
          blobs.delete(names.manifest(epoch));
          continue;
        }
        try {
          manifest(epoch).parts().forEach(part -> referred.add(names.part(part.name())));
          kept++;
        } catch (DamagedSnapshotException e) {
          allKnown = false;
        }
      }
      if (allKnown) {
        deletePartsExcept(referred);
      }
    } catch (IOException e) {
      throw StoreErrors.writing(names.place(), e);
    }
  }

  private void deletePartsExcept(Set<String> referred) throws IOException {
    blobs.delete(
        blobs.list(names.parts()).stream()
            .filter(name -> !referred.contains(name) && !isBeingWritten(name))
            .toList());
  }

  /** Removes all snapshots. */
  public synchronized void deleteAll() {
    try {
      blobs.delete(published().stream().map(names::manifest).toList());
      deletePartsExcept(Set.of());
    } catch (IOException e) {
      throw StoreErrors.writing(names.place(), e);
    }
  }

  /** Removes what processes that are no more left of files they were writing. */
  public void sweep() {
    try {
      blobs.sweep(names.all());
    } catch (IOException e) {
      throw StoreErrors.writing(names.place(), e);
    }
  }

  /** Removes the snapshot of an epoch, if there is one, and what only it refers to. */
  public synchronized void delete(long epoch) {
    try {
      blobs.delete(names.manifest(epoch));
    } catch (IOException e) {
      throw StoreErrors.writing(names.snapshot(epoch), e);
    }
    retain(Integer.MAX_VALUE);
  }
}
