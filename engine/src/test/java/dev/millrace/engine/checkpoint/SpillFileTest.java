package dev.millrace.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFileTest {
  private static final TableInfo TABLE =
      new TableInfo(
          "numbers", 1, DataType.rowOf(List.of(DataType.of(TypeRoot.BIGINT))), List.of(0), false);
  private static final TableInfo OTHER = new TableInfo("others", 1, TABLE.row(), List.of(0), false);

  @TempDir private Path folder;

  private static Batch numbers(long from, long to) {
    long[] values = LongStream.range(from, to).toArray();
    return new Batch(values.length, new LongVector(values.length, values, null));
  }

  private static SpillFile written(Path path) {
    try (SpillFile.Writer writer = SpillFile.create(path)) {
      writer.table(TABLE);
      writer.rows(numbers(0, 1000));
      writer.rows(numbers(1000, 1500));
      writer.table(OTHER);
      writer.rows(numbers(0, 7));
      return writer.file();
    }
  }

  @Test
  void hasTheRowsOfItsTablesAndGoesWithItsLastHolder() {
    Path path = folder.resolve("0.state");
    SpillFile file = written(path);
    assertThat(file.rows("numbers")).isEqualTo(1500);
    assertThat(file.rows("others")).isEqualTo(7);
    assertThat(file.rows("unknown")).isZero();
    List<Long> read = new ArrayList<>();
    file.read(
        (table, rows) -> {
          if (table.equals(TABLE)) {
            for (int i = 0; i < rows.rowCount(); i++) {
              read.add(((LongVector) rows.column(0)).values()[i]);
            }
          }
        });
    assertThat(read).isEqualTo(LongStream.range(0, 1500).boxed().toList());
    file.hold().release();
    assertThat(path).exists();
    file.release();
    assertThat(path).doesNotExist();
  }

  @Test
  void aWriterThatIsGivenUpLeavesNothing() {
    Path path = folder.resolve("1.state");
    try (SpillFile.Writer writer = SpillFile.create(path)) {
      writer.table(TABLE);
      writer.rows(numbers(0, 10));
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void damageIsFoundAndNamed() throws IOException {
    Path path = folder.resolve("2.state");
    SpillFile file = written(path);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length / 2] ^= 1;
    Files.write(path, bytes);
    assertThatThrownBy(() -> file.read((table, rows) -> {}))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("damaged");
  }

  /** A device that has no room, on Linux. */
  @Test
  void aFullDiskIsNamed() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Path path = Files.createSymbolicLink(folder.resolve("3.state"), full);
    assertThatThrownBy(() -> written(path))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "Cannot write state on the local disk (%s, 'millrace.state.dir'): the disk is full. Make"
                + " room there; the checkpoints that were completed are intact",
            path);
    assertThat(path).doesNotExist();
  }
}
