package dev.millrace.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final DataType STRING = DataType.string();

  static Stream<Arguments> typesWithValues() {
    DataType row =
        DataType.row(List.of(new DataType.Field("a", INT), new DataType.Field("b", STRING)));
    return Stream.of(
        Arguments.of(DataType.of(TypeRoot.BOOLEAN), List.of(true, false, true)),
        Arguments.of(DataType.of(TypeRoot.TINYINT), List.of((byte) 1, (byte) -2, (byte) 3)),
        Arguments.of(DataType.of(TypeRoot.SMALLINT), List.of((short) 1, (short) -2, (short) 3)),
        Arguments.of(INT, List.of(1, -2, 3)),
        Arguments.of(DataType.of(TypeRoot.BIGINT), List.of(1L, -2L, 3L)),
        Arguments.of(DataType.of(TypeRoot.FLOAT), List.of(1f, -2f, Float.NaN)),
        Arguments.of(DataType.of(TypeRoot.DOUBLE), List.of(1d, -0d, 3d)),
        Arguments.of(STRING, List.of("a", "", "\uD83D\uDE00")),
        Arguments.of(DataType.decimal(5, 2), decimals("1.25", "-0.01", "999.99")),
        Arguments.of(
            DataType.decimal(38, 2), decimals("1.25", "-0.01", "123456789012345678901234.56")),
        Arguments.of(
            DataType.of(TypeRoot.TIMESTAMP, 9),
            List.of(
                LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456_789_123),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59),
                LocalDateTime.of(1970, 1, 1, 0, 0))),
        Arguments.of(
            DataType.of(TypeRoot.TIMESTAMP_LTZ, 3),
            List.of(Instant.EPOCH, Instant.ofEpochMilli(-1), Instant.ofEpochMilli(7))),
        Arguments.of(
            DataType.array(STRING),
            List.of(List.of("x", "y"), List.of(), Arrays.asList("z", null))),
        Arguments.of(DataType.map(STRING, INT), List.of(Map.of("k", 1), Map.of(), Map.of("l", 2))),
        Arguments.of(row, List.of(List.of(1, "x"), Arrays.asList(null, "y"), List.of(3, ""))));
  }

  private static List<BigDecimal> decimals(String... values) {
    return Arrays.stream(values).map(BigDecimal::new).toList();
  }

  @ParameterizedTest
  @MethodSource("typesWithValues")
  void concatenates(DataType type, List<Object> values) {
    List<Object> first = Arrays.asList(values.get(0), null, values.get(1));
    List<Object> second = List.of(values.get(2), values.get(1), values.get(0));
    Vector[] parts = {vector(type, first), vector(type, second), vector(type, first)};

    Vector all = Vectors.concat(parts, new int[] {2, 3, 1});

    assertThat(values(all, type, 6))
        .containsExactly(
            values.get(0), null, values.get(2), values.get(1), values.get(0), values.get(0));
  }

  @ParameterizedTest
  @MethodSource("typesWithValues")
  void takesNullsForNegativePositions(DataType type, List<Object> values) {
    Vector vector = vector(type, values);

    assertThat(values(Vectors.takeOrNull(vector, type, new int[] {2, -1, 0}, 3), type, 3))
        .containsExactly(values.get(2), null, values.get(0));
    assertThat(values(Vectors.takeOrNull(vector, type, new int[] {-1, -1}, 2), type, 2))
        .containsExactly(null, null);
    assertThat(values(Vectors.takeOrNull(vector, type, new int[] {1, 1}, 2), type, 2))
        .containsExactly(values.get(1), values.get(1));
  }

  @Test
  void concatenatesStringsOfOneHeapWithoutCopyingTheirBytes() {
    BytesVector strings = (BytesVector) vector(STRING, List.of("a", "bc"));

    BytesVector all =
        (BytesVector) Vectors.concat(new Vector[] {strings, strings}, new int[] {2, 1});

    assertThat(all.data()).isSameAs(strings.data());
    assertThat(values(all, STRING, 3)).containsExactly("a", "bc", "a");
  }

  private static Vector vector(DataType type, List<?> values) {
    VectorBuilder builder = VectorBuilder.of(type, new ByteHeap());
    values.forEach(value -> Values.append(builder, type, value));
    return builder.build();
  }

  private static List<Object> values(Vector vector, DataType type, int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(Values.get(vector, type, i));
    }
    return values;
  }
}
