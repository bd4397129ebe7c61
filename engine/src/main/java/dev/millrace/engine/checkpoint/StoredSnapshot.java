package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.state.OperatorSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A snapshot that was complete and sound when it was opened. Thread-safe.
 *
 * <p>Reading checks all bytes again: it throws {@link DamagedSnapshotException} before it hands
 * over rows that are not what was saved, and a job's {@link MillraceException} if the store fails.
 */
public final class StoredSnapshot {
  private final BlobStore blobs;
  private final SnapshotNames names;
  private final Manifest manifest;

  StoredSnapshot(BlobStore blobs, SnapshotNames names, Manifest manifest) {
    this.blobs = blobs;
    this.names = names;
    this.manifest = manifest;
  }

  public SnapshotInfo info() {
    return manifest.info();
  }

  /** The nodes that have a part. */
  public Set<Integer> nodes() {
    Set<Integer> nodes = new TreeSet<>();
    manifest.parts().forEach(part -> nodes.add(part.node()));
    return nodes;
  }

  /** The tables of a node, those without a row among them. */
  public List<TableInfo> tables(int node) {
    return manifest.tables().stream()
        .filter(table -> table.node() == node)
        .map(Manifest.Table::info)
        .toList();
  }

  /** The number of rows of a table. */
  public long rows(int node, String table) {
    return find(node, table).rows();
  }

  /** Hands over the rows of a table, without what came after: subtask by subtask. */
  public void forEach(int node, String table, Consumer<Batch> to) {
    TableInfo wanted = find(node, table).info();
    PartReader reader = new PartReader(wanted::equals, (info, rows) -> to.accept(rows), null);
    parts(node).forEach(part -> read(part, reader));
  }

  private Manifest.Table find(int node, String table) {
    return manifest.tables().stream()
        .filter(found -> found.node() == node && found.info().name().equals(table))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("node " + node + " has no table " + table));
  }

  /**
   * What all instances of a node kept, in memory, ready to be restored to any number of them.
   *
   * @param opening makes an operator like those, where it must be found out what they kept
   */
  public OperatorSnapshot operator(int node, OperatorReplay.Opening opening) {
    OperatorSnapshot kept = new OperatorSnapshot();
    Set<Integer> subtasks = new TreeSet<>();
    parts(node).forEach(part -> subtasks.add(part.subtask()));
    for (int subtask : subtasks) {
      OperatorSnapshot tables = new OperatorSnapshot();
      OperatorReplay replay = new OperatorReplay(tables, opening);
      PartReader reader =
          new PartReader(
              info -> true,
              (info, rows) -> tables.add(info.name(), info.version(), info.row(), rows),
              replay);
      parts(node).filter(part -> part.subtask() == subtask).forEach(part -> read(part, reader));
      replay.addTo(kept);
    }
    return kept;
  }

  private Stream<Manifest.Part> parts(int node) {
    return manifest.parts().stream().filter(part -> part.node() == node);
  }

  private void read(Manifest.Part part, PartReader reader) {
    try (InputStream in = blobs.open(names.part(part.name()))) {
      reader.read(in, part.length());
    } catch (NoSuchFileException | DamagedFileException e) {
      throw StoreErrors.damaged(names.sentence(info().epoch()), "part " + part.name(), e);
    } catch (IOException e) {
      throw StoreErrors.reading(names.snapshot(info().epoch()), e);
    }
  }

  /** What the parts of a node take in the store. */
  public long bytes(int node) {
    return manifest.parts().stream()
        .filter(part -> part.node() == node)
        .mapToLong(Manifest.Part::length)
        .sum();
  }

  /** Where it lies, for messages. */
  public String describe() {
    return names.snapshot(info().epoch());
  }

  /** What all its parts take in the store. */
  public long bytes() {
    return manifest.parts().stream().mapToLong(Manifest.Part::length).sum();
  }
}
