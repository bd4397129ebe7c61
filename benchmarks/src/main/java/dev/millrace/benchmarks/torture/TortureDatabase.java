package dev.millrace.benchmarks.torture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server that can be killed, and what is in its table, seen with plain JDBC. */
public final class TortureDatabase implements AutoCloseable {
  static final String PAID = "paid";
  private static final int PATIENCE_SECONDS = 60;

  private final Path data;
  private final int port;
  private final KilledProcess process;

  /** {@code log} takes what all its lives print. */
  TortureDatabase(Path data, int port, Path log) {
    this.data = data;
    this.port = port;
    this.process =
        new KilledProcess(
            TortureDatabase.class, List.of(data.toString(), Integer.toString(port)), log);
  }

  /** Arguments: the folder of its data, its port. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EmbeddedPostgres.builder()
        .setDataDirectory(Path.of(arguments[0]))
        .setCleanDataDirectory(false)
        .setPort(Integer.parseInt(arguments[1]))
        .start();
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  void start() throws IOException {
    process.start();
  }

  /** Ends the server at once, as {@code kill -9} does, and the process that has started it. */
  void kill() throws IOException, InterruptedException {
    process.kill();
    killServer();
  }

  private void killServer() throws IOException {
    Path lock = data.resolve("postmaster.pid");
    if (Files.exists(lock)) {
      long server = Long.parseLong(Files.readAllLines(lock).get(0).trim());
      ProcessHandle.of(server)
          // The file may be of a server that is gone, and its number in use again.
          .filter(running -> running.info().command().orElse("").endsWith("/postgres"))
          .ifPresent(
              running -> {
                running.destroyForcibly();
                running.onExit().join();
              });
    }
  }

  /** Refuses some rows; without a key, so that one which is written twice is there twice. */
  void create() throws SQLException, InterruptedException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE %s (id BIGINT CHECK (%s), rest BIGINT)".formatted(PAID, Orders.CONDITION));
    }
  }

  /** The results so far: how often each paid order is there. */
  Map<String, List<Long>> paid() throws SQLException, InterruptedException {
    Map<String, List<Long>> found = new HashMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, rest FROM " + PAID)) {
      while (rows.next()) {
        found.computeIfAbsent(rows.getString(1), id -> new ArrayList<>()).add(rows.getLong(2));
      }
    }
    return found;
  }

  /** Waits for a server that has just been started. */
  private Connection connect() throws SQLException, InterruptedException {
    for (int second = 0; ; second++) {
      try {
        return DriverManager.getConnection(url(), username(), "");
      } catch (SQLException e) {
        if (second == PATIENCE_SECONDS) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres";
  }

  String username() {
    return "postgres";
  }

  @Override
  public void close() throws IOException {
    process.close();
    killServer();
  }
}
