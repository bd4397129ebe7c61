package dev.millrace.engine.deadletter;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Gathers letters about failed rows into rows of the dead-letter table. Not thread-safe. */
public final class DeadLetters {
  /** A ROW of the columns that a dead-letter table must have. */
  public static final DataType ROW =
      DataType.row(
          List.of(
              new Field("time", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3)),
              new Field("job", DataType.string()),
              new Field("stage", DataType.string()),
              new Field("table", DataType.string()),
              new Field("split", DataType.string()),
              new Field("position", DataType.of(TypeRoot.BIGINT)),
              new Field("class", DataType.string()),
              new Field("message", DataType.string()),
              new Field("raw_bytes", DataType.bytes())));

  public static final int TIME = ROW.indexOf("time");
  public static final int JOB = ROW.indexOf("job");
  public static final int STAGE = ROW.indexOf("stage");
  public static final int TABLE = ROW.indexOf("table");
  public static final int SPLIT = ROW.indexOf("split");
  public static final int POSITION = ROW.indexOf("position");
  public static final int RAW_BYTES = ROW.indexOf("raw_bytes");

  private final String job;
  private final Clock clock;
  private final BatchBuilder rows = new BatchBuilder(ROW);

  public DeadLetters(String job, Clock clock) {
    this.job = job;
    this.clock = clock;
  }

  /** The statement that makes such a table, in one line. */
  public static String createTable(String table) {
    return "CREATE TABLE "
        + table
        + " (`time` TIMESTAMP_LTZ(3), job STRING, stage STRING, `table` STRING, split STRING,"
        + " `position` BIGINT, class STRING, message STRING, raw_bytes BYTES) WITH (...)";
  }

  /** {@code table} is the one read or written, or null. */
  void add(String table, FailedRow row) {
    Values.appendRow(
        rows,
        ROW,
        Arrays.asList(
            Instant.ofEpochMilli(clock.millis()),
            job,
            row.stage().text(),
            table,
            row.split(),
            row.position() == FailedRow.UNKNOWN ? null : row.position(),
            row.errorClass(),
            row.message(),
            row.raw().get()));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The letters since the last call. */
  public Batch take() {
    return rows.build();
  }
}
