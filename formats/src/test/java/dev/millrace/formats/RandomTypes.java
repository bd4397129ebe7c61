package dev.millrace.formats;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes row types at random. */
public final class RandomTypes {
  private static final String[] NAMES = {
    "id",
    "v",
    "price",
    "auction",
    "dateTime",
    "a_rather_long_field_name",
    "ünïcode",
    "x\"y",
    "名",
    "Z"
  };

  private final Random random;

  public RandomTypes(Random random) {
    this.random = random;
  }

  /** A row of one to eight fields, with containers up to {@code depth} deep. */
  public DataType row(int depth) {
    List<Field> fields = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      fields.add(new Field(NAMES[i % NAMES.length] + (i < NAMES.length ? "" : i), any(depth)));
    }
    return DataType.row(fields);
  }

  private DataType any(int depth) {
    if (depth == 0 || random.nextInt(4) != 0) {
      return scalar();
    }
    return switch (random.nextInt(4)) {
      case 0 -> row(depth - 1);
      case 1 -> DataType.array(any(depth - 1));
      case 2 -> DataType.map(DataType.string(), any(depth - 1));
      default -> DataType.multiset(DataType.string());
    };
  }

  /** A type that has no parts. */
  public DataType scalar() {
    return switch (random.nextInt(19)) {
      case 0 -> DataType.of(TypeRoot.BOOLEAN);
      case 1 -> DataType.of(TypeRoot.TINYINT);
      case 2 -> DataType.of(TypeRoot.SMALLINT);
      case 3 -> DataType.of(TypeRoot.INT);
      case 4, 5 -> DataType.of(TypeRoot.BIGINT);
      case 6 -> DataType.of(TypeRoot.FLOAT);
      case 7 -> DataType.of(TypeRoot.DOUBLE);
      case 8 -> decimal();
      case 9 -> DataType.of(TypeRoot.DATE);
      case 10 -> DataType.of(TypeRoot.TIME, random.nextInt(4));
      case 11 -> DataType.of(TypeRoot.TIMESTAMP, random.nextInt(10));
      case 12 -> DataType.of(TypeRoot.TIMESTAMP_LTZ, random.nextInt(10));
      case 13 -> DataType.bytes();
      case 14 -> DataType.of(TypeRoot.CHAR, 3);
      case 15 -> DataType.of(TypeRoot.INTERVAL_YEAR_MONTH);
      case 16 -> DataType.of(TypeRoot.INTERVAL_DAY_TIME, 3);
      default -> DataType.string();
    };
  }

  private DataType decimal() {
    int precision = 1 + random.nextInt(38);
    return DataType.decimal(precision, random.nextInt(precision + 1));
  }
}
