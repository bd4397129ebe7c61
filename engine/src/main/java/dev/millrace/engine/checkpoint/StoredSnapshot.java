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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

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

  /** Hands over the rows of a table: those of each subtask, subtask by subtask. */
  public void forEach(int node, String table, Consumer<Batch> to) {
    TableInfo wanted = find(node, table).info();
    read(node, wanted::equals, (info, rows) -> to.accept(rows));
  }

  private Manifest.Table find(int node, String table) {
    return manifest.tables().stream()
        .filter(found -> found.node() == node && found.info().name().equals(table))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("node " + node + " has no table " + table));
  }

  /** All tables of a node, in memory, ready to be restored to any number of instances. */
  public OperatorSnapshot operator(int node) {
    OperatorSnapshot operator = new OperatorSnapshot();
    read(
        node,
        info -> true,
        (info, rows) -> operator.add(info.name(), info.version(), info.row(), rows));
    return operator;
  }

  private void read(int node, Predicate<TableInfo> wanted, BiConsumer<TableInfo, Batch> to) {
    for (Manifest.Part part : manifest.parts()) {
      if (part.node() == node) {
        read(part, wanted, to);
      }
    }
  }

  private void read(
      Manifest.Part part, Predicate<TableInfo> wanted, BiConsumer<TableInfo, Batch> to) {
    try (InputStream in = blobs.open(names.part(part.name()))) {
      PartReader.read(in, part.length(), wanted, to);
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
