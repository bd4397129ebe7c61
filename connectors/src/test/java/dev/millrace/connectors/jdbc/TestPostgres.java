package dev.millrace.connectors.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of its own data, which can be killed and started again. Its {@code
 * synchronous_commit} is off unless a session sets it.
 */
final class TestPostgres implements TestDatabase, AutoCloseable {
  private static final class Shared {
    private static final TestPostgres SERVER = started();

    private static TestPostgres started() {
      TestPostgres server = new TestPostgres();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }
  }

  private final Path folder;
  private final int port;
  private EmbeddedPostgres server;

  TestPostgres() {
    try {
      folder = Files.createTempDirectory("millrace-postgres");
      try (ServerSocket socket = new ServerSocket(0)) {
        port = socket.getLocalPort();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** One for all tests of this process that leave it running. */
  static TestPostgres shared() {
    return Shared.SERVER;
  }

  void start() {
    try {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("data"))
              .setCleanDataDirectory(false)
              .setPort(port)
              .setServerConfig("max_connections", "50")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the server at once, as {@code kill -9} does. */
  void kill() {
    try {
      long pid =
          Long.parseLong(
              Files.readAllLines(folder.resolve("data").resolve("postmaster.pid")).get(0).trim());
      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      process.destroyForcibly();
      process.onExit().get(1, TimeUnit.MINUTES);
      // What is left of it in this process: the lock on its folder.
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres";
  }

  @Override
  public String username() {
    return "postgres";
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
