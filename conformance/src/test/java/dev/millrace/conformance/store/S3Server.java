package dev.millrace.conformance.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * S3Proxy in a process of its own, which keeps the objects of a bucket as files. It can be stopped
 * and started again at the same address.
 */
final class S3Server implements AutoCloseable {
  static final String ACCESS_KEY = "access";
  static final String SECRET_KEY = "not-for-logs";
  static final String BUCKET = "bucket";

  /** The log line with the address, once the server is up. */
  private static final Pattern STARTED = Pattern.compile("Started .*\\{127\\.0\\.0\\.1:(\\d+)}");

  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private int port;
  private Process process;

  private S3Server(Path folder) {
    this.folder = folder;
  }

  /** Starts a server with an empty bucket, which takes a free port. */
  static S3Server start(Path folder) throws Exception {
    S3Server server = new S3Server(folder);
    Files.createDirectories(server.objects());
    server.start();
    return server;
  }

  /** The folder in which the objects of the bucket lie. */
  Path objects() {
    return folder.resolve("buckets").resolve(BUCKET);
  }

  void start() throws Exception {
    Path settings = folder.resolve("s3proxy.conf");
    Files.write(
        settings,
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + ACCESS_KEY,
            "s3proxy.credential=" + SECRET_KEY,
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + folder.resolve("buckets")));
    Path log = Files.createTempFile(folder, "s3proxy", ".log");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                Path.of("target/s3proxy.jar").toAbsolutePath().toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    port = awaitPort(log);
  }

  private int awaitPort(Path log) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      Matcher started = STARTED.matcher(Files.readString(log));
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
      Thread.sleep(20);
    }
    close();
    throw new AssertionError("the S3 server did not start:\n" + Files.readString(log));
  }

  /** Kills it. */
  void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** What a session sets to reach it. */
  Map<String, String> settings() {
    return Map.of(
        "s3.endpoint", endpoint(), "s3.access-key", ACCESS_KEY, "s3.secret-key", SECRET_KEY);
  }

  /** The names of the files in the bucket's folder that end so. */
  List<String> files(String end) {
    try (var files = Files.walk(objects())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> objects().relativize(file).toString())
          .filter(name -> name.endsWith(end))
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      // One of them went away meanwhile.
      return files(end);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
