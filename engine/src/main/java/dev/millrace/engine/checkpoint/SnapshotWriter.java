package dev.millrace.engine.checkpoint;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one snapshot: parts in any order, by any number of threads, then {@link #publish} or
 * {@link #abort}. Thread-safe. All methods throw a job's {@link MillraceException} if the store
 * fails.
 */
public final class SnapshotWriter {
  private enum State {
    OPEN,
    PUBLISHED,
    GIVEN_UP
  }

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);

  private final SnapshotStore store;
  private final BlobStore blobs;
  private final SnapshotNames names;
  private final long epoch;
  private final String folder;

  private final Set<String> begun = new HashSet<>();
  private final List<Manifest.Part> parts = new ArrayList<>();
  private final Map<String, Manifest.Table> tables = new TreeMap<>();
  private volatile State state = State.OPEN;

  /** {@code folder} is that of its parts, below the folder of all parts. */
  SnapshotWriter(
      SnapshotStore store, BlobStore blobs, SnapshotNames names, long epoch, String folder) {
    this.store = store;
    this.blobs = blobs;
    this.names = names;
    this.epoch = epoch;
    this.folder = folder;
  }

  public long epoch() {
    return epoch;
  }

  String folder() {
    return folder;
  }

  /** Begins the part of an instance of a node; it must be closed, come what may. */
  public PartWriter part(int node, int subtask) {
    return part(node, subtask, PartWriter.MAX_BLOCK_BYTES);
  }

  PartWriter part(int node, int subtask, int maxBlockBytes) {
    String name = folder + node + "-" + subtask + ".part";
    synchronized (this) {
      if (state == State.PUBLISHED || !begun.add(name)) {
        throw new IllegalStateException(describe() + " has the part " + name + " or is complete");
      }
    }
    try {
      BlobStore.Upload upload = blobs.create(names.part(name));
      try {
        return new PartWriter(name, node, subtask, this, upload, maxBlockBytes);
      } catch (IOException | RuntimeException e) {
        upload.close();
        throw e;
      }
    } catch (IOException e) {
      throw StoreErrors.writing(describe(), e);
    }
  }

  /** What messages call the snapshot. */
  String describe() {
    return names.snapshot(epoch);
  }

  boolean isGivenUp() {
    return state == State.GIVEN_UP;
  }

  /**
   * Takes over a part of the snapshot before, which is still there; what is taken over or written
   * of an instance is read in the order in which that was done.
   */
  public synchronized void keep(StoredPart part) {
    part.tables().forEach(this::count);
    parts.add(part.part());
    begun.add(part.part().name());
  }

  /** Takes note of a part that is durable. */
  void completed(StoredPart part) throws IOException {
    synchronized (this) {
      if (state == State.OPEN) {
        part.tables().forEach(this::count);
        parts.add(part.part());
        return;
      }
    }
    blobs.delete(names.part(part.part().name()));
  }

  private void count(Manifest.Table table) {
    tables.merge(
        table.node() + " " + table.info().name(),
        table,
        (one, other) -> {
          if (!one.info().equals(other.info())) {
            throw new IllegalStateException(
                "instances of node " + one.node() + " differ in table " + one.info().name());
          }
          return new Manifest.Table(one.node(), one.info(), one.rows() + other.rows());
        });
  }

  /**
   * Writes the manifest: from now on the snapshot is there, whole and durable. If this throws, the
   * snapshot may be there or not until {@link #abort} is called.
   *
   * @throws IllegalStateException if a part is not complete
   */
  public void publish(SnapshotInfo info) {
    if (info.epoch() != epoch) {
      throw new IllegalArgumentException("epoch " + info.epoch() + " instead of " + epoch);
    }
    synchronized (store) {
      try {
        write(manifest(info));
      } catch (IOException e) {
        throw StoreErrors.writing(describe(), e);
      }
      state = State.PUBLISHED;
      store.ended(this);
    }
  }

  private synchronized Manifest manifest(SnapshotInfo info) {
    if (state != State.OPEN || parts.size() < begun.size()) {
      Set<String> missing = new TreeSet<>(begun);
      parts.forEach(part -> missing.remove(part.name()));
      throw new IllegalStateException(
          describe() + " is " + state + "; parts that are not complete: " + missing);
    }
    parts.sort(Comparator.comparingInt(Manifest.Part::node).thenComparing(Manifest.Part::subtask));
    return new Manifest(info, parts, List.copyOf(tables.values()));
  }

  private void write(Manifest manifest) throws IOException {
    try (BlobStore.Upload upload = blobs.create(names.manifest(epoch))) {
      manifest.writeTo(upload.stream());
      upload.publish();
    }
  }

  /**
   * Gives the snapshot up and removes what was written of it; what cannot be removed now goes with
   * the next {@link SnapshotStore#retain}. Does nothing if the snapshot was published.
   */
  public void abort() {
    synchronized (store) {
      synchronized (this) {
        if (state != State.OPEN) {
          return;
        }
        state = State.GIVEN_UP;
      }
      store.ended(this);
      try {
        // It is there if publishing it failed at the very end.
        blobs.delete(names.manifest(epoch));
        blobs.delete(blobs.list(names.part(folder)));
      } catch (IOException e) {
        LOG.warn("{} was given up, but not all of it could be removed", describe(), e);
      }
    }
  }
}
