package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.connector.FixedSplits;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.deadletter.FailedRow;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** Splits of consecutive numbers, each row with the number as its time (milliseconds). */
final class NumbersSource implements Source {
  static final DataType ROW =
      DataType.row(
          List.of(
              new Field("number", DataType.of(TypeRoot.BIGINT)),
              new Field("time", DataType.of(TypeRoot.TIMESTAMP, 3))));

  /** {@code count} rows from {@code first} on; with {@code ends} false the split stays open. */
  record Numbers(String id, long first, long count, boolean ends) implements Split {
    @Override
    public Map<String, String> saved() {
      return Map.of(
          "id", id, "first", "" + first, "count", "" + count, "ends", Boolean.toString(ends));
    }
  }

  private final List<Numbers> splits;
  private final SplitEnumerator.Assignment assignment;
  private final int batchRows;
  private final LongPredicate broken;

  NumbersSource(SplitEnumerator.Assignment assignment, int batchRows, Numbers... splits) {
    this(assignment, batchRows, number -> false, splits);
  }

  /** {@code broken} numbers are reported instead of read. */
  NumbersSource(
      SplitEnumerator.Assignment assignment,
      int batchRows,
      LongPredicate broken,
      Numbers... splits) {
    this.assignment = assignment;
    this.batchRows = batchRows;
    this.broken = broken;
    this.splits = List.of(splits);
  }

  @Override
  public boolean bounded() {
    return splits.stream().allMatch(Numbers::ends);
  }

  @Override
  public SplitEnumerator enumerator() {
    return new FixedSplits(assignment, splits);
  }

  @Override
  public Split split(Map<String, String> saved) {
    return new Numbers(
        saved.get("id"),
        Long.parseLong(saved.get("first")),
        Long.parseLong(saved.get("count")),
        Boolean.parseBoolean(saved.get("ends")));
  }

  @Override
  public SourceReader reader(SourceContext context) {
    return new Reader(context.errors());
  }

  private final class Reader implements SourceReader {
    private final RowErrors errors;
    private final List<Numbers> active = new ArrayList<>();

    /** The runtime knows a split by what it was given: how far it is stands beside it. */
    private final Map<String, Numbers> given = new HashMap<>();

    Reader(RowErrors errors) {
      this.errors = errors;
    }

    @Override
    public void addSplit(Split split) {
      active.add((Numbers) split);
      given.put(split.id(), (Numbers) split);
    }

    @Override
    public boolean poll(SourceOutput output) {
      for (int i = 0; i < active.size(); i++) {
        Numbers split = active.get(i);
        if (split.count() > 0) {
          int rows = (int) Math.min(batchRows, split.count());
          output.emit(given.get(split.id()), sound(split, rows));
          active.set(
              i, new Numbers(split.id(), split.first() + rows, split.count() - rows, split.ends()));
          return true;
        }
        if (split.ends()) {
          active.remove(i);
          output.finished(given.get(split.id()));
          return true;
        }
      }
      return false;
    }

    private Batch sound(Numbers split, int rows) {
      int[] sound = new int[rows];
      int count = 0;
      for (int i = 0; i < rows; i++) {
        long number = split.first() + i;
        if (broken.test(number)) {
          errors.reject(
              new FailedRow(
                  FailedAt.DECODE,
                  split.id(),
                  number,
                  "broken",
                  null,
                  () -> "number " + number + " is broken",
                  () -> Long.toString(number).getBytes(StandardCharsets.UTF_8)));
        } else {
          sound[count++] = i;
        }
      }
      return batch(split.first(), rows).take(Positions.of(sound, count));
    }

    @Override
    public Split remaining(Split split) {
      return active.stream().filter(rest -> rest.id().equals(split.id())).findAny().orElseThrow();
    }

    @Override
    public void close() {}
  }

  /** The row of a number as JSON. */
  static String json(long number) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(number), ZoneOffset.UTC);
    return "{\"number\":%d,\"time\":\"%s\"}".formatted(number, time);
  }

  /** Consecutive numbers from {@code first} on. */
  static Batch batch(long first, int rows) {
    long[] numbers = new long[rows];
    for (int i = 0; i < rows; i++) {
      numbers[i] = first + i;
    }
    return new Batch(
        rows,
        new LongVector(rows, numbers, null),
        new TimestampVector(rows, numbers.clone(), null, null));
  }
}
