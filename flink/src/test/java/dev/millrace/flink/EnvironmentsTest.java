package dev.millrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnvironmentsTest {
  private static final String SCRIPT =
      """
      CREATE TABLE s (id INT, name STRING) WITH ('connector' = 'datagen');
      CREATE TABLE p (id INT, name STRING) WITH ('connector' = 'print');
      INSERT INTO p SELECT id * 2, UPPER(name) FROM s WHERE id > 1;
      """;

  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void aSessionOpenedByAnotherThreadPlansTheSame() {
    FrontEnd.prepareSession(executor);
    String prepared = plan(new Sql());

    assertThat(prepared).isEqualTo(plan(new Sql()));
  }

  @Test
  void whatWasPreparedIsTakenOnce() {
    FrontEnd.prepareSession(executor);
    FrontEnd.prepareSession(executor);
    TableEnvironmentInternal first = Environments.take();
    TableEnvironmentInternal second = Environments.take();

    assertThat(first).isNotSameAs(second);
  }

  @Test
  void aFailureToOpenReachesTheOneThatTakes() {
    FrontEnd.prepareSession(
        task -> {
          Thread thread = Thread.currentThread();
          ClassLoader loader = thread.getContextClassLoader();
          thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
          try {
            task.run();
          } finally {
            thread.setContextClassLoader(loader);
          }
        });

    assertThatThrownBy(Environments::take).isInstanceOf(CompletionException.class);
    assertThat(Environments.take()).isNotNull();
  }

  /** Without the numbers: Flink counts the nodes of all plans of a process. */
  private static String plan(Sql sql) {
    return sql.only(Step.Job.class, SCRIPT).plan().write().replaceAll("[0-9]+", "");
  }
}
