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

/** A PostgreSQL server that can be killed, and what is in its table, seen with plain JDBC. */
final class TortureDatabase implements AutoCloseable {
  static final String PAID = "paid";

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  TortureDatabase(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .start();
  }

  /** Ends it at once, as {@code kill -9} does, and starts it again. */
  void killAndStart() throws IOException {
    List<String> lock = Files.readAllLines(data.resolve("postmaster.pid"));
    ProcessHandle process = ProcessHandle.of(Long.parseLong(lock.get(0).trim())).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    server.close();
    start();
  }

  /** Without a key, so that a row which is written twice is there twice. */
  void create() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + PAID + " (id BIGINT, rest BIGINT)");
    }
  }

  /** The results so far: how often each paid order is there. */
  Map<String, List<Long>> paid() throws SQLException {
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

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), username(), "");
  }

  String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres";
  }

  String username() {
    return "postgres";
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
