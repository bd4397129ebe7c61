package dev.millrace.engine.checkpoint;

import java.util.List;

/** A part that a snapshot has, and that later ones may have, too. */
public final class StoredPart {
  private final Manifest.Part part;
  private final List<Manifest.Table> tables;

  StoredPart(Manifest.Part part, List<Manifest.Table> tables) {
    this.part = part;
    this.tables = List.copyOf(tables);
  }

  Manifest.Part part() {
    return part;
  }

  List<Manifest.Table> tables() {
    return tables;
  }

  /** Bytes that it takes in the store. */
  public long bytes() {
    return part.length();
  }
}
