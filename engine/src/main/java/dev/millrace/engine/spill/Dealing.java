package dev.millrace.engine.spill;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.SpillFile;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.key.KeyHash;
import java.util.ArrayList;
import java.util.List;

/** Deals rows of state out to the shards, a file for each. Not thread-safe. */
final class Dealing {
  private final List<SpillFile.Writer> writers = new ArrayList<>();
  private TableInfo table;
  private KeyHash key;

  Dealing(SpillFolder folder) {
    for (int i = 0; i < Shards.COUNT; i++) {
      writers.add(folder.create());
    }
  }

  /** Takes rows of a table; those of one table come one after the other. */
  void add(TableInfo of, Batch rows) {
    if (!of.equals(table)) {
      table = of;
      key = of.shared() ? null : new KeyHash(of.row(), of.key());
      writers.forEach(writer -> writer.table(of));
    }
    if (key == null) {
      writers.forEach(writer -> writer.rows(rows));
    } else {
      Shards.split(rows, key, (shard, own) -> writers.get(shard).rows(own));
    }
  }

  /** Gives each shard its file. */
  void end(List<Shard> shards) {
    for (int i = 0; i < shards.size(); i++) {
      shards.get(i).add(writers.get(i).file());
    }
  }
}
