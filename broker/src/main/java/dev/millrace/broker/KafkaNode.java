package dev.millrace.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker itself, broker and controller in one; lives in the {@link BrokerClassLoader}, and is
 * public so that {@link EmbeddedBroker} reaches it from the other side.
 */
public final class KafkaNode implements EmbeddedBroker.Node {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);
  private static final int NODE_ID = 1;
  private static final String CONTROLLER = "CONTROLLER";

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final Path temporary;

  private KafkaNode(KafkaRaftServer server, String bootstrapServers, Path temporary) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.temporary = temporary;
  }

  /** Starts a node, see {@link EmbeddedBroker#start(Path, int, Map)}. */
  public static KafkaNode start(Path dir, int port, Map<String, String> settings)
      throws IOException {
    ClassLoader before = enter();
    try {
      return startHere(dir, port, settings);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static KafkaNode startHere(Path dir, int port, Map<String, String> settings)
      throws IOException {
    // A broker that gives up would otherwise end the whole process.
    Exit.setExitProcedure(KafkaNode::refuseToExit);
    Exit.setHaltProcedure(KafkaNode::refuseToExit);
    Path temporary = dir == null ? Files.createTempDirectory("millrace-kafka") : null;
    Path log = Files.createDirectories(dir == null ? temporary : dir);
    try {
      int brokerPort = freePort(port);
      KafkaConfig config =
          new KafkaConfig(settings(log, brokerPort, freePort(0), settings), /* doLog= */ false);
      format(log);
      KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
      startUp(server);
      return new KafkaNode(server, "localhost:" + brokerPort, temporary);
    } catch (IOException | RuntimeException e) {
      delete(temporary);
      throw e;
    }
  }

  /** Has Kafka find the classes named in its configuration on this side; returns what was set. */
  private static ClassLoader enter() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(KafkaNode.class.getClassLoader());
    return before;
  }

  private static void refuseToExit(int status, String message) {
    LOG.error("The Kafka broker gave up with status {}: {}", status, message);
  }

  /** The port if nobody listens on it, or any free one for 0. */
  private static int freePort(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (BindException e) {
      throw new IOException(
          "Port " + port + " is taken; stop what listens there or choose another.", e);
    }
  }

  private static void startUp(KafkaRaftServer server) {
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      server.awaitShutdown();
      throw e;
    }
  }

  private static Map<String, String> settings(
      Path log, int brokerPort, int controllerPort, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE_ID));
    settings.put(
        "listeners",
        "PLAINTEXT://localhost:%d,%s://localhost:%d"
            .formatted(brokerPort, CONTROLLER, controllerPort));
    settings.put("advertised.listeners", "PLAINTEXT://localhost:" + brokerPort);
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("controller.quorum.voters", NODE_ID + "@localhost:" + controllerPort);
    settings.put("log.dirs", log.toString());
    // A cluster of one, sized for a laptop: internal topics without replicas, few threads, and a
    // log cleaner that does not set 128 MB aside.
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      settings.put(topic + ".num.partitions", "1");
      settings.put(topic + ".replication.factor", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.putAll(more);
    return settings;
  }

  private static void format(Path log) throws IOException {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    Formatter formatter =
        new Formatter()
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(NODE_ID)
            .addDirectory(log.toString())
            .setMetadataLogDirectory(log.toString())
            .setControllerListenerName(CONTROLLER)
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("Cannot prepare " + log + " for the Kafka broker: " + e, e);
    }
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void createTopic(String name, int partitions) {
    ClassLoader before = enter();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException(
            "Cannot create topic '" + name + "': " + e.getCause().getMessage(), e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while creating topic '" + name + "'", e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    try {
      delete(temporary);
    } catch (IOException e) {
      LOG.warn("Cannot delete {}", temporary, e);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
