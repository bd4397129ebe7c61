package dev.millrace.connectors.filesystem;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.connector.RowEncoding;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.RefusedRowException;
import dev.millrace.engine.format.Encoder;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.Clock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes one part file after the other, a record a line. */
final class FileWriter implements SinkWriter {
  private final FileSink sink;
  private final RollingPolicy rolling;
  private final Encoder encoder;
  private final RecordBlockBuilder records = new RecordBlockBuilder();
  private final RowEncoding<RecordBlock> encoding;
  private final Clock clock;
  private final Counter bytesOut;
  private final boolean checkpointing;

  /** Begins the names of files; no other attempt to run the job publishes the same ones. */
  private final String prefix;

  /** Complete files that become visible with their epoch. */
  private final List<String> prepared = new ArrayList<>();

  private PartFile file;
  private int files;
  private long createdMillis;
  private long writtenMillis;
  private long checkedMillis;

  FileWriter(FileSink sink, SinkContext context) {
    this.sink = sink;
    this.rolling = sink.rolling();
    this.encoder = sink.format().newEncoder();
    this.encoding =
        new RowEncoding<>(
            context.errors(), this::encode, (batch, records) -> writeRecords(records));
    this.clock = context.clock();
    this.checkpointing = context.checkpointing();
    this.prefix =
        sink.prefix()
            + "-"
            + context.subtask()
            + (checkpointing ? "-" + context.firstEpoch() : "")
            + "-";
    this.bytesOut = context.counter(Metrics.BYTES_OUT);
    this.checkedMillis = clock.millis();
    makeFolder(sink.folder());
  }

  private void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void write(Batch batch) {
    encoding.write(batch);
    writtenMillis = clock.millis();
  }

  private RecordBlock encode(Batch batch) {
    try {
      encoder.encode(batch, records);
    } catch (RuntimeException e) {
      records.build();
      throw e;
    }
    RecordBlock block = records.build();
    for (int i = 0; i < block.count(); i++) {
      if (block.isAbsent(i)) {
        throw new RefusedRowException(
            "Table '%s': the format makes no record of a row, which a file cannot hold."
                .formatted(sink.table()));
      }
    }
    return block;
  }

  private void writeRecords(RecordBlock block) {
    try {
      for (int i = 0; i < block.count(); i++) {
        writeRecord(block, i);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void writeRecord(RecordBlock block, int record) throws IOException {
    if (file != null && file.bytes() > rolling.fileBytes()) {
      completeFile();
    }
    if (file == null) {
      open();
    }
    long before = file.bytes();
    file.write(block.data(), block.starts()[record], block.lengths()[record]);
    file.write((byte) '\n');
    bytesOut.add(file.bytes() - before);
  }

  private void open() throws IOException {
    file = new PartFile(sink.folder(), prefix + files);
    files++;
    createdMillis = clock.millis();
    byte[] header = encoder.fileHeader();
    file.write(header, 0, header.length);
    bytesOut.add(header.length);
  }

  /** Ends the file, whose name is its own at once or with the epoch. */
  private void completeFile() throws IOException {
    String hiddenName = file.complete();
    file = null;
    if (checkpointing) {
      prepared.add(hiddenName);
    } else {
      PartFile.publish(sink.folder(), hiddenName);
    }
  }

  /** Files end with their epoch, as Flink's do for formats that cannot be cut. */
  @Override
  public List<String> endEpoch() {
    finish();
    List<String> names = List.copyOf(prepared);
    prepared.clear();
    return names;
  }

  @Override
  public void tick() {
    long now = clock.millis();
    if (now - checkedMillis < rolling.checkMillis()) {
      return;
    }
    checkedMillis = now;
    if (file != null && rolling.due(now, createdMillis, writtenMillis)) {
      finish();
    }
  }

  @Override
  public void finish() {
    try {
      if (file != null) {
        completeFile();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private MillraceException failure(IOException e) {
    return MillraceException.job(
        "Table '%s': %s.".formatted(sink.table(), FileErrors.writing(sink.folder(), e)), e);
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
