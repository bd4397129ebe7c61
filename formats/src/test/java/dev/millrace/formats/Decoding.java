package dev.millrace.formats;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What came of decoding a block, as plain objects. */
public record Decoding(
    List<List<Object>> rows, List<Integer> records, List<String> failures, List<String> skipped) {

  public static Decoding of(Decoder decoder, DataType rowType, String... records) {
    byte[][] bytes = new byte[records.length][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = records[i] == null ? null : records[i].getBytes(StandardCharsets.UTF_8);
    }
    return of(decoder, new DecodeOutput(rowType), rowType, bytes);
  }

  /** Decodes the records, a null one being absent, as one block. */
  public static Decoding of(
      Decoder decoder, DecodeOutput output, DataType rowType, byte[]... records) {
    decoder.decode(block(records), output);
    List<String> failures =
        output.takeFailures().stream().map(f -> f.record() + ": " + f.message()).toList();
    List<String> skipped =
        output.takeSkipped().stream().map(f -> f.record() + ": " + f.message()).toList();
    Batch batch = output.rows().build();
    List<List<Object>> rows = new ArrayList<>();
    List<Integer> origins = new ArrayList<>();
    for (int row = 0; row < batch.rowCount(); row++) {
      List<Object> values = new ArrayList<>();
      Values.row(batch, rowType, row).forEach(each -> values.add(FlinkData.comparable(each)));
      rows.add(values);
      origins.add(output.records()[row]);
    }
    return new Decoding(rows, origins, failures, skipped);
  }

  /** The records one after the other, with other bytes between, before and behind them. */
  public static RecordBlock block(byte[]... records) {
    RecordBlockBuilder builder = new RecordBlockBuilder();
    List<int[]> ranges = new ArrayList<>();
    for (byte[] record : records) {
      builder.heap().append("\"}9".getBytes(StandardCharsets.UTF_8));
      ranges.add(new int[] {builder.heap().length(), record == null ? -1 : record.length});
      builder.heap().append(record == null ? new byte[0] : record);
    }
    int[] starts = ranges.stream().mapToInt(range -> range[0]).toArray();
    int[] lengths = ranges.stream().mapToInt(range -> range[1]).toArray();
    byte[] data = Arrays.copyOf(builder.heap().data(), builder.heap().length());
    return new RecordBlock(data, starts, lengths, records.length);
  }
}
