package dev.millrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Rows are (a ROW of code and name, an ARRAY of codes, a MAP of codes to numbers). */
class SinkConstraintsTest {
  private static final DataType CODE = DataType.of(TypeRoot.CHAR, 2).withNullable(false);
  private static final DataType NUMBER = DataType.of(TypeRoot.INT).withNullable(false);
  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field(
                  "r",
                  DataType.row(
                      List.of(new Field("code", CODE), new Field("name", DataType.string())))),
              new Field("a", DataType.array(CODE)),
              new Field("m", DataType.map(CODE, NUMBER))));

  private static final List<Object> GOOD = row(List.of("ab", "n"), List.of("cd"), Map.of("ef", 1));
  private static final List<Object> NULLS = row(null, null, null);
  private static final List<Object> NULL_IN_ROW =
      row(Arrays.asList(null, "n"), List.of(), Map.of());
  private static final List<Object> NULL_IN_ARRAY =
      row(List.of("ab", "n"), Arrays.asList("cd", null), Map.of());

  @Test
  void dropsRowsWithNullsAsDeepAsWanted() {
    List<List<Object>> rows = List.of(GOOD, NULLS, NULL_IN_ROW, NULL_IN_ARRAY);
    assertThat(kept(notNull(ConstraintDepth.COLUMNS, true), rows)).isEqualTo(rows);
    assertThat(kept(notNull(ConstraintDepth.ROWS, true), rows))
        .containsExactly(GOOD, NULLS, NULL_IN_ARRAY);
    assertThat(kept(notNull(ConstraintDepth.COLLECTIONS, true), rows)).containsExactly(GOOD, NULLS);
  }

  @Test
  void saysWhereTheNullIs() {
    Supplier<Operator> enforcer = notNull(ConstraintDepth.COLLECTIONS, false);
    assertThatThrownBy(() -> kept(enforcer, List.of(NULL_IN_ROW)))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("Table 't': Column 'r.code' is NOT NULL");
    assertThatThrownBy(() -> kept(enforcer, List.of(NULL_IN_ARRAY)))
        .hasMessageContaining("Column 'a[1]' is NOT NULL");
  }

  @Test
  void saysWhereALengthIsAnother() {
    Supplier<Operator> enforcer = length(ConstraintDepth.COLLECTIONS, true);
    assertThat(kept(enforcer, List.of(GOOD, NULLS))).containsExactly(GOOD, NULLS);
    assertThatThrownBy(() -> kept(enforcer, List.of(row(List.of("abc", "n"), null, null))))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("Column 'r.code' is CHAR(2), however, a string of length 3");
    assertThatThrownBy(() -> kept(enforcer, List.of(row(null, null, Map.of("x", 1)))))
        .hasMessageContaining("Column 'm[key]' is CHAR(2), however, a string of length 1");
  }

  @Test
  void trimsAndPadsWithinRows() {
    List<Object> tooLong = row(List.of("abc", "name"), List.of("x"), null);
    List<Object> tooShort = row(List.of("a", "name"), List.of("x"), null);
    assertThat(kept(length(ConstraintDepth.ROWS, false), List.of(NULLS, tooLong, tooShort)))
        .containsExactly(
            NULLS,
            row(List.of("ab", "name"), List.of("x"), null),
            row(List.of("a ", "name"), List.of("x"), null));
    assertThat(kept(length(ConstraintDepth.COLUMNS, false), List.of(tooLong)))
        .containsExactly(tooLong);
  }

  private static List<Object> row(List<?> row, List<?> array, Map<?, ?> map) {
    return Arrays.asList(row, array, map);
  }

  private static Supplier<Operator> notNull(ConstraintDepth depth, boolean drop) {
    return () -> new NotNullEnforcer(ROW, depth, drop, "t");
  }

  private static Supplier<Operator> length(ConstraintDepth depth, boolean fail) {
    return () -> new LengthEnforcer(ROW, depth, fail, "t");
  }

  private static List<List<Object>> kept(Supplier<Operator> operator, List<List<Object>> rows) {
    List<Event> events =
        rows.stream().<Event>map(row -> new Event.Row(0, RowKind.INSERT, row)).toList();
    return new OperatorHarness(operator, List.of(new Input(ROW, List.of())), ROW, null)
        .changelog(events, 1024).stream().map(Map.Entry::getValue).toList();
  }
}
