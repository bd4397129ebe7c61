package dev.millrace.conformance.kernel;

import dev.millrace.engine.type.DataType;
import java.util.List;

/** Rows, arrays and maps. */
class CollectionKernelsTest extends KernelTests {
  private static final DataType INTS = DataType.array(INT);
  private static final DataType STRINGS = DataType.array(STRING);
  private static final DataType ROW =
      DataType.row(List.of(new DataType.Field("x", INT), new DataType.Field("y", STRING)));

  @Override
  void expressions() {
    Column i = column("i", INT);
    Column s = column("s", STRING);
    check("a[1]", column("a", INTS));
    check("a[i]", column("a", STRINGS), column("i", INT));
    check("a[2].y", column("a", DataType.array(ROW)));
    check("a[2][1]", column("a", DataType.array(INTS)));
    check("a[b]", column("a", INTS), column("b", TINYINT));
    check("m['abc']", column("m", DataType.map(STRING, INT)));
    check("m[s]", column("m", DataType.map(STRING, DOUBLE)), s);
    check("m[k]", column("m", DataType.map(INT, STRING)), column("k", INT));
    check("m[k]", column("m", DataType.map(BIGINT, STRINGS)), column("k", INT));
    check("m[k]", column("m", DataType.map(DATE, ROW)), column("k", DATE));
    check("m[k]", column("m", DataType.map(decimal(9, 2), INT)), column("k", decimal(9, 2)));
    check("r.x + 1", column("r", ROW));
    check("r.y", column("r", ROW));
    check("r.y", column("r", notNull(ROW)));
    check("r.o.y", column("r", DataType.row(List.of(new DataType.Field("o", ROW)))));
    check("CARDINALITY(a)", column("a", INTS));
    check("CARDINALITY(m)", column("m", DataType.map(STRING, INT)));
    check("ELEMENT(a)", column("a", STRINGS));
    check("ROW(i, s)", i, s);
    check("ROW(i, 'x', ROW(s, i))", i, s);
    check("ROW(i, s).EXPR$1", i, s);
    check("ARRAY[i, 7, i + 1]", i);
    check("ARRAY[s, 'x', 'yz']", s);
    check("ARRAY[i, j]", i, column("j", notNull(INT)));
    check("ARRAY[s, t][i]", s, column("t", STRING), i);
    check("ARRAY[r, ROW(i, s)]", column("r", ROW), i, s);
    check("MAP['a', i, 'b', 3]", i);
    check("MAP[1, s, 2, 'x']['i']", s);
    check("MAP['a', s]['a']", s);
    check("r = ROW(1, 'abc')", column("r", ROW));
    check("a = ARRAY[1, 2]", column("a", INTS));
    check("CASE WHEN i > 0 THEN ARRAY[i] ELSE a END", i, column("a", INTS));
  }
}
