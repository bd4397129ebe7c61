package dev.millrace.connectors.datagen;

import dev.millrace.engine.option.Option;
import dev.millrace.engine.type.DataType;
import java.math.BigInteger;

/** Makes the generators of fields of the kind {@code sequence}, with Flink's options. */
final class SequenceFields {
  private final FieldOptions options;
  private long rows = Long.MAX_VALUE;

  SequenceFields(FieldOptions options) {
    this.options = options;
  }

  /** The rows after which the shortest sequence so far has ended. */
  long rows() {
    return rows;
  }

  Generator of(String field, DataType type) {
    long start = options.require(field, "start", Option::longInteger);
    long end = options.require(field, "end", Option::longInteger);
    if (end < start) {
      throw options.wrong(field, "the sequence ends before it starts");
    }
    Generator generator =
        switch (type.root()) {
          case BOOLEAN -> RandomNumbers.booleans(options.seed(field, "value"), new Nulls(0, 0));
          case DATE -> Clocks.date(options.zone());
          case TIME -> Clocks.time(options.zone());
          case TINYINT, SMALLINT, INT -> integers(field, type, start, end);
          case DECIMAL -> decimals(field, type, start, end);
          case CHAR, VARCHAR, BINARY, VARBINARY, BIGINT, FLOAT, DOUBLE -> new Sequence(type, start);
          default -> throw RandomFields.unsupported(field, type);
        };
    if (generator instanceof Sequence) {
      long length = end - start < 0 ? Long.MAX_VALUE : end - start;
      rows = Math.min(rows, length == Long.MAX_VALUE ? length : length + 1);
    }
    return generator;
  }

  private Sequence integers(String field, DataType type, long start, long end) {
    if (start < RandomFields.lowest(type) || end > RandomFields.highest(type)) {
      throw options.wrong(field, "start and end must be values of " + type.withNullable(true));
    }
    return new Sequence(type, start);
  }

  private Sequence decimals(String field, DataType type, long start, long end) {
    BigInteger bound = BigInteger.TEN.pow(type.precision() - type.scale());
    if (BigInteger.valueOf(start).abs().max(BigInteger.valueOf(end).abs()).compareTo(bound) >= 0) {
      throw options.wrong(field, "start and end must be values of " + type.withNullable(true));
    }
    return new Sequence(type, start);
  }
}
