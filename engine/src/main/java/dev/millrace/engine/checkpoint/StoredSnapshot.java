package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
    parts(node).forEach(part -> read(part, in -> reader.read(in, part.length())));
  }

  private Manifest.Table find(int node, String table) {
    return manifest.tables().stream()
        .filter(found -> found.node() == node && found.info().name().equals(table))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("node " + node + " has no table " + table));
  }

  /**
   * Hands over what all instances of a node kept, one instance after the other.
   *
   * @param opening makes an operator like those, where it must be found out what they kept
   */
  public void restore(int node, OperatorReplay.Opening opening, BiConsumer<TableInfo, Batch> rows) {
    Map<Integer, List<Manifest.Part>> instances =
        parts(node)
            .collect(
                Collectors.groupingBy(Manifest.Part::subtask, TreeMap::new, Collectors.toList()));
    instances.values().forEach(parts -> restore(parts, opening, rows));
  }

  private void restore(
      List<Manifest.Part> instance,
      OperatorReplay.Opening opening,
      BiConsumer<TableInfo, Batch> rows) {
    List<Manifest.Part> logs = instance.stream().dropWhile(part -> !isLog(part)).toList();
    List<Manifest.Part> tables = instance.subList(0, instance.size() - logs.size());
    if (logs.isEmpty()) {
      read(tables, rows);
      return;
    }
    try (OperatorReplay replay = new OperatorReplay(opening, before -> read(tables, before))) {
      PartReader reader = new PartReader(info -> false, null, replay);
      logs.forEach(part -> read(part, in -> reader.read(in, part.length())));
      replay.save(rows);
    }
  }

  private void read(List<Manifest.Part> tables, BiConsumer<TableInfo, Batch> rows) {
    PartReader reader = new PartReader(info -> true, rows, null);
    tables.forEach(part -> read(part, in -> reader.read(in, part.length())));
  }

  private boolean isLog(Manifest.Part part) {
    boolean[] log = new boolean[1];
    read(part, in -> log[0] = PartReader.isLog(in, part.length()));
    return log[0];
  }

  private Stream<Manifest.Part> parts(int node) {
    return manifest.parts().stream().filter(part -> part.node() == node);
  }

  @FunctionalInterface
  private interface Reading {
    void from(InputStream in) throws IOException;
  }

  private void read(Manifest.Part part, Reading reading) {
    try (InputStream in = blobs.open(names.part(part.name()))) {
      reading.from(in);
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
