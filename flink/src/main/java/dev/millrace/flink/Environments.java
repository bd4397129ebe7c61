package dev.millrace.flink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;

/**
 * Opens table environments, one of them ahead of its use if asked to. Thread-safe.
 *
 * <p>While one is being opened ahead, a session waits for it: two threads that enter the static
 * initialisers of the planner from different ends might block each other for good.
 */
final class Environments {
  private static final AtomicReference<CompletableFuture<Opened>> AHEAD = new AtomicReference<>();

  /** An environment, and what opening it left with the thread: without it, Calcite cannot plan. */
  private record Opened(TableEnvironmentInternal environment, JaninoRelMetadataProvider metadata) {}

  private Environments() {}

  /** Begins to open the environment that the next {@link #take} returns, unless there is one. */
  static void prepare(Executor executor) {
    CompletableFuture<Opened> opened = new CompletableFuture<>();
    if (AHEAD.compareAndSet(null, opened)) {
      executor.execute(() -> complete(opened));
    }
  }

  private static void complete(CompletableFuture<Opened> opened) {
    try {
      opened.complete(new Opened(open(), RelMetadataQueryBase.THREAD_PROVIDERS.get()));
    } catch (Throwable e) {
      opened.completeExceptionally(e);
    }
  }

  /** An environment that nobody else uses. */
  static TableEnvironmentInternal take() {
    CompletableFuture<Opened> ahead = AHEAD.getAndSet(null);
    if (ahead == null) {
      return open();
    }
    Opened opened = ahead.join();
    RelMetadataQueryBase.THREAD_PROVIDERS.set(opened.metadata);
    return opened.environment;
  }

  private static TableEnvironmentInternal open() {
    Configuration configuration = new Configuration();
    // The plan must hold all there is to know of its tables: who runs it has no catalog.
    configuration.setString("table.plan.compile.catalog-objects", "ALL");
    return (TableEnvironmentInternal)
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration)
                .build());
  }
}
