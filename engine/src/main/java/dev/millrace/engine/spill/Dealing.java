package dev.millrace.engine.spill;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.SpillFile;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.key.KeyHash;
import java.util.List;

/** Deals rows of state out to the shards, a file for each. Not thread-safe. */
final class Dealing {
  /** The file of rows that every shard gets. */
  private static final int SHARED = Shards.COUNT;

  private final SpillFolder folder;
  private final SpillFile.Writer[] writers = new SpillFile.Writer[Shards.COUNT + 1];

  /** The table that each file is at. */
  private final TableInfo[] tables = new TableInfo[Shards.COUNT + 1];

  private TableInfo table;
  private KeyHash key;

  Dealing(SpillFolder folder) {
    this.folder = folder;
  }

  /** Takes rows of a table; those of one table come one after the other. */
  void add(TableInfo of, Batch rows) {
    if (!of.equals(table)) {
      table = of;
      key = of.shared() ? null : new KeyHash(of.row(), of.key());
    }
    if (key == null) {
      writer(SHARED).rows(rows);
    } else {
      Shards.split(rows, key, (shard, own) -> writer(shard).rows(own));
    }
  }

  private SpillFile.Writer writer(int file) {
    if (writers[file] == null) {
      writers[file] = folder.create();
    }
    if (!table.equals(tables[file])) {
      tables[file] = table;
      writers[file].table(table);
    }
    return writers[file];
  }

  /** Gives each shard its rows. */
  void end(List<Shard> shards) {
    SpillFile shared = writers[SHARED] == null ? null : writers[SHARED].file();
    for (int i = 0; i < shards.size(); i++) {
      if (writers[i] != null) {
        shards.get(i).add(writers[i].file());
      }
      if (shared != null) {
        shards.get(i).add(shared.hold());
      }
    }
    if (shared != null) {
      shared.release();
    }
  }
}
