package dev.millrace.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in good order on Ctrl-C or a termination signal: the JVM waits until the
 * command has closed this.
 */
public final class ShutdownSignal implements AutoCloseable {
  /** Longer than any flush should take; then the JVM goes down regardless. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean received;

  private ShutdownSignal(Runnable action) {
    this.hook =
        new Thread(
            () -> {
              received = true;
              action.run();
              awaitClose();
            },
            "shutdown");
  }

  /** Runs {@code action} when the signal comes. */
  public static ShutdownSignal onShutdown(Runnable action) {
    ShutdownSignal signal = new ShutdownSignal(action);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Whether the signal has come. */
  public boolean received() {
    return received;
  }

  private void awaitClose() {
    try {
      if (!closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("millrace: gave up waiting for the sinks to be flushed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal has come: the hook runs, and was waiting for this close.
    }
  }
}
