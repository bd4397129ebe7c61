package dev.millrace.broker;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A real Kafka broker in this process, alone in its cluster (KRaft), for demonstrations and tests.
 *
 * <p>Its classes live in a class loader of their own, because they need another Scala than Flink's
 * planner; nothing of Kafka has to be on the caller's class path. It logs through the caller's
 * SLF4J. Thread-safe; start one per process and port.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** What the isolated side offers: the one type that both sides share, public for that alone. */
  public interface Node extends AutoCloseable {
    String bootstrapServers();

    void createTopic(String name, int partitions);

    @Override
    void close();
  }

  private final Node node;
  private final BrokerClassLoader loader;

  private EmbeddedBroker(Node node, BrokerClassLoader loader) {
    this.node = node;
    this.loader = loader;
  }

  /**
   * Starts a broker; returns when it takes requests, after about two seconds.
   *
   * @param dir where the log lies; a broker started there again finds its topics. Null for a
   *     temporary one that is deleted on {@link #close}
   * @param port the port to listen on (on localhost), or 0 for any free one
   * @throws IOException if the port is taken, the directory cannot be used or the broker's jars are
   *     not found; the message says which
   */
  public static EmbeddedBroker start(Path dir, int port) throws IOException {
    return start(dir, port, Map.of());
  }

  /** Starts a broker with more of Kafka's own broker settings, which win over those set here. */
  public static EmbeddedBroker start(Path dir, int port, Map<String, String> settings)
      throws IOException {
    BrokerClassLoader loader = BrokerClassLoader.create();
    try {
      return new EmbeddedBroker(startNode(loader, dir, port, settings), loader);
    } catch (IOException | RuntimeException e) {
      loader.close();
      throw e;
    }
  }

  private static synchronized Node startNode(
      BrokerClassLoader loader, Path dir, int port, Map<String, String> settings)
      throws IOException {
    Locale locale = Locale.getDefault();
    // Kafka reads names of enums in the default locale, which fails where "I" is not upper case
    // "i".
    Locale.setDefault(Locale.ROOT);
    try {
      return (Node)
          loader
              .loadClass("dev.millrace.broker.KafkaNode")
              .getMethod("start", Path.class, int.class, Map.class)
              .invoke(null, dir, port, settings);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("The Kafka broker did not start: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IOException("The Kafka broker's jars do not fit: " + e, e);
    } finally {
      Locale.setDefault(locale);
    }
  }

  /** Where clients connect: {@code localhost:PORT}. */
  public String bootstrapServers() {
    return node.bootstrapServers();
  }

  /** Creates a topic, and returns when it can be written; does nothing if it is there already. */
  public void createTopic(String name, int partitions) {
    node.createTopic(name, partitions);
  }

  /** Stops the broker and deletes its directory if that was a temporary one. */
  @Override
  public void close() {
    node.close();
    loader.close();
  }
}
