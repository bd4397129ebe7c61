package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.expression.Result;
import java.util.function.IntFunction;

/** Builds text columns whose values are not ranges of an argument. */
final class TextResult {
  private TextResult() {}

  static BytesBuilder builder() {
    return new BytesBuilder(new ByteHeap());
  }

  /** Appends what was written to the builder's heap from {@code start} on. */
  static void endValue(BytesBuilder to, int start) {
    to.appendRange(start, to.heap().length() - start);
  }

  static void skip(BytesBuilder to) {
    to.appendRange(0, 0);
  }

  static BytesVector finish(BytesBuilder values, Result result) {
    return values.build().withNulls(result.nulls());
  }

  /**
   * For functions whose work per value far outweighs a call: {@code value} gives the text at each
   * position that is not null, or null.
   */
  static BytesVector compute(Result result, IntFunction<String> value) {
    BytesBuilder values = builder();
    for (int i = 0; i < result.count(); i++) {
      String text = result.isNull(i) ? null : value.apply(i);
      if (text != null) {
        values.append(text);
        continue;
      }
      skip(values);
      if (!result.isNull(i)) {
        result.setNull(i);
      }
    }
    return finish(values, result);
  }
}
