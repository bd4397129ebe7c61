package dev.millrace.examples;

import dev.millrace.api.Job;
import dev.millrace.api.MemorySink;
import dev.millrace.api.MemorySource;
import dev.millrace.api.Millrace;
import dev.millrace.api.Row;

/** Runs SQL over rows of this program and reads the result back, as a test of a script would. */
public final class EmbeddedJob {
  private EmbeddedJob() {}

  public static void main(String[] arguments) throws InterruptedException {
    MemorySink clean = new MemorySink();
    try (Job job =
        Millrace.sql(
                """
                CREATE TABLE readings (sensor STRING, celsius STRING) WITH ('connector' = 'memory');
                CREATE TABLE clean (sensor STRING, celsius DOUBLE) WITH ('connector' = 'memory');

                INSERT INTO clean
                SELECT UPPER(TRIM(sensor)), TRY_CAST(celsius AS DOUBLE)
                FROM readings
                WHERE TRY_CAST(celsius AS DOUBLE) IS NOT NULL;
                """)
            .parallelism(1)
            .source(
                "readings",
                MemorySource.of(Row.of(" t-1", "21.5"), Row.of("t-2", "n/a"), Row.of("t-3", "-4")))
            .sink("clean", clean)
            .start()) {
      job.await();
    }
    clean.rows().forEach(System.out::println);
  }
}
