package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.TimeZone;

/**
 * Local time in the session's zone, by the rules of {@link TimeZone}, as in Flink: unlike {@link
 * java.time.ZoneId}, it knows no local mean time before 1900.
 */
final class Local {
  private Local() {}

  static TimeZone zone(EvaluationContext context) {
    return TimeZone.getTimeZone(context.zone());
  }

  /** The milliseconds of local time, as if it were UTC. */
  static long millis(long epochMillis, TimeZone zone) {
    return epochMillis + zone.getOffset(epochMillis);
  }

  /** The local milliseconds of a timestamp column; its own array for a type without a zone. */
  static long[] millis(
      TimestampVector vector, DataType type, int count, EvaluationContext context) {
    long[] millis = vector.millis();
    if (!type.is(TypeRoot.TIMESTAMP_LTZ)) {
      return millis;
    }
    TimeZone zone = zone(context);
    long[] local = new long[count];
    for (int i = 0; i < count; i++) {
      local[i] = millis(millis[i], zone);
    }
    return local;
  }
}
