package dev.millrace.cli.rows;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.format.Encoder;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.format.FormatContext;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One line a row, as the format of this name encodes it; changelogs get a first column {@code op}.
 */
final class EncodedPrinter implements RowPrinter {
  private static final String OP = "op";

  private final Encoder encoder;
  private final boolean changelog;
  private final PrintStream out;
  private final RecordBlockBuilder records = new RecordBlockBuilder();

  private EncodedPrinter(
      String format, DataType rowType, boolean changelog, ZoneId zone, PrintStream out) {
    DataType printed = changelog ? withOp(rowType) : rowType;
    int columns = printed.children().size();
    this.encoder =
        FormatRegistry.load(EncodedPrinter.class.getClassLoader())
            .find(format, new Options("--format", Map.of()))
            .encoding(
                new FormatContext(
                    printed,
                    IntStream.range(0, columns).toArray(),
                    Collections.nCopies(columns, FieldUse.ALL),
                    new Options("--format " + format, Map.of()),
                    zone))
            .newEncoder();
    this.changelog = changelog;
    this.out = out;
  }

  static RowPrinter json(DataType rowType, boolean changelog, ZoneId zone, PrintStream out) {
    return new EncodedPrinter("json", rowType, changelog, zone, out);
  }

  /** The first line holds the columns' names. */
  static RowPrinter csv(DataType rowType, boolean changelog, ZoneId zone, PrintStream out) {
    EncodedPrinter printer = new EncodedPrinter("csv", rowType, changelog, zone, out);
    List<String> names = new ArrayList<>();
    (changelog ? withOp(rowType) : rowType).children().forEach(field -> names.add(field.name()));
    out.println(String.join(",", names));
    return printer;
  }

  private static DataType withOp(DataType rowType) {
    List<DataType.Field> fields = new ArrayList<>();
    fields.add(new DataType.Field(OP, DataType.string()));
    fields.addAll(rowType.children());
    return DataType.row(fields);
  }

  private static Batch withOp(Batch batch) {
    BytesBuilder ops = new BytesBuilder(new ByteHeap());
    Vector[] columns = new Vector[batch.columnCount() + 1];
    for (int row = 0; row < batch.rowCount(); row++) {
      ops.append(batch.rowKind(row).shortString());
    }
    columns[0] = ops.build();
    for (int i = 1; i < columns.length; i++) {
      columns[i] = batch.column(i - 1);
    }
    return new Batch(batch.rowCount(), columns);
  }

  @Override
  public void print(Batch batch) {
    encoder.encode(changelog ? withOp(batch) : batch, records);
    RecordBlock block = records.build();
    for (int i = 0; i < block.count(); i++) {
      out.write(block.data(), block.starts()[i], block.lengths()[i]);
      out.write('\n');
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void finish() {
    out.flush();
  }
}
