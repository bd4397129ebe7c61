package dev.millrace.engine.spill;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.SpillFile;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.key.KeyHash;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Deals rows of state out to the shards, into files. Not thread-safe. */
final class Dealing {
  /** The file of rows that every shard gets. */
  private static final int SHARED = Shards.COUNT;

  private final SpillFolder folder;
  private final List<Shard> shards;
  private final SpillFile.Writer[] writers = new SpillFile.Writer[Shards.COUNT + 1];

  /** The table that each file is at. */
  private final TableInfo[] tables = new TableInfo[Shards.COUNT + 1];

  /** The tables that these files have. */
  private final Set<TableInfo> begun = new HashSet<>();

  private TableInfo table;
  private KeyHash key;

  Dealing(SpillFolder folder, List<Shard> shards) {
    this.folder = folder;
    this.shards = shards;
  }

  /** Takes rows of a table. */
  void add(TableInfo of, Batch rows) {
    if (!of.equals(table)) {
      if (!begun.add(of)) {
        end();
        begun.add(of);
      }
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

  /** Gives each shard its rows so far. */
  void end() {
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
    Arrays.fill(writers, null);
    Arrays.fill(tables, null);
    begun.clear();
  }
}
