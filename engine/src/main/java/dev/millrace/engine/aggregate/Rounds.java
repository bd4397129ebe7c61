package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import java.util.Arrays;

/**
 * Reads the results of any aggregates between the rows that they add: in rounds, in each of which
 * every group gets its rows up to the next that is read. There are as many rounds as reads of one
 * group.
 */
final class Rounds {
  private final GroupedRows rows;
  private final boolean[] read;

  /** The numbers of the rows, round by round, and where in them each round begins. */
  private final int[] numbers;

  private final int[] starts;

  Rounds(GroupedRows rows, boolean[] read) {
    this.rows = rows;
    this.read = read;
    this.numbers = new int[rows.count()];
    int[] rounds = rounds();
    this.starts = new int[Arrays.stream(rounds).max().orElse(-1) + 2];
    for (int round : rounds) {
      starts[round + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    for (int i = 0; i < rounds.length; i++) {
      numbers[next[rounds[i]]++] = i;
    }
  }

  /** For each row how many of its group are read before it. */
  private int[] rounds() {
    int[] groups = rows.groups();
    int limit = 0;
    for (int i = 0; i < rows.count(); i++) {
      limit = Math.max(limit, groups[i] + 1);
    }
    int[] reads = new int[limit];
    int[] rounds = new int[rows.count()];
    for (int i = 0; i < rounds.length; i++) {
      rounds[i] = reads[groups[i]];
      reads[groups[i]] += read[i] ? 1 : 0;
    }
    return rounds;
  }

  Vector[] run(Aggregates aggregates, Batch batch) {
    int count = starts.length - 1;
    Vector[][] results = new Vector[count][];
    int[] counts = new int[count];
    int[] placeOf = new int[rows.count()];
    int reads = 0;
    for (int round = 0; round < count; round++) {
      GroupedRows part = part(starts[round], starts[round + 1]);
      int[] groups = new int[part.count()];
      for (int i = 0; i < groups.length; i++) {
        int number = numbers[starts[round] + i];
        if (read[number]) {
          placeOf[number] = reads + counts[round];
          groups[counts[round]++] = part.groups()[i];
        }
      }
      aggregates.add(batch, part);
      results[round] = aggregates.results(groups, counts[round]);
      reads += counts[round];
    }
    return inOrder(results, counts, placeOf);
  }

  private GroupedRows part(int from, int to) {
    int[] positions = new int[to - from];
    int[] groups = new int[to - from];
    boolean[] retracts = rows.retracts() == null ? null : new boolean[to - from];
    for (int i = from; i < to; i++) {
      int number = numbers[i];
      positions[i - from] = rows.rows()[number];
      groups[i - from] = rows.groups()[number];
      if (retracts != null) {
        retracts[i - from] = rows.retracts()[number];
      }
    }
    return new GroupedRows(to - from, positions, groups, retracts);
  }

  /** The results of the rows that are read, in the rows' order. */
  private Vector[] inOrder(Vector[][] results, int[] counts, int[] placeOf) {
    int[] places = new int[placeOf.length];
    int reads = 0;
    for (int i = 0; i < placeOf.length; i++) {
      if (read[i]) {
        places[reads++] = placeOf[i];
      }
    }
    Vector[] columns = new Vector[results[0].length];
    for (int column = 0; column < columns.length; column++) {
      Vector[] parts = new Vector[results.length];
      for (int round = 0; round < parts.length; round++) {
        parts[round] = results[round][column];
      }
      columns[column] = Vectors.concat(parts, counts).take(places, reads);
    }
    return columns;
  }
}
