package dev.millrace.conformance.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.MemorySource;
import dev.millrace.api.Millrace;
import dev.millrace.api.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Flink's planner takes in OVER but its runtime refuses is refused here, too, by name. */
class OverRefusalsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUM(v) OVER (ORDER BY v DESC) | OVER in descending order",
        "SUM(v) OVER (ORDER BY v, k) | OVER that is not ordered by just one column",
        "SUM(v) OVER (ORDER BY v ROWS 2 PRECEDING) | OVER with a bounded frame that is not ordered by",
        "SUM(v) OVER (ORDER BY pt ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) | OVER with an end other",
        "LEAD(v) OVER (ORDER BY pt) | aggregate function LEAD",
        "NTILE(2) OVER (ORDER BY pt) | aggregate function NTILE",
        "LAG(v, -1) OVER (ORDER BY pt) | LAG has the distance -1; give one that is not negative.",
        "LAG(v, 1, 0) OVER (ORDER BY pt) | LAG with a default of type INT",
      })
  void asFlinkDoes(String call, String message) {
    assertThatThrownBy(() -> run(call, Engine.FLINK)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> run(call, Engine.NATIVE)).hasMessageContaining(message);
  }

  /** Flink takes it, with surprising results. */
  @Test
  void distanceThatIsAColumn() {
    assertThatThrownBy(() -> run("LAG(v, k) OVER (ORDER BY pt)", Engine.NATIVE))
        .hasMessageContaining("LAG with a distance that is no literal");
  }

  private static void run(String call, Engine engine) throws InterruptedException {
    String script =
        "CREATE TABLE t (k INT, v BIGINT, pt AS PROCTIME()) WITH ('connector' = 'memory');\nSELECT "
            + call
            + " FROM t;";
    try (Job job =
        Millrace.sql(script)
            .engine(engine)
            .parallelism(1)
            .source("t", MemorySource.of(Row.of(1, 2L), Row.of(1, 1L)))
            .start()) {
      job.forEachRow(row -> {});
    }
  }
}
