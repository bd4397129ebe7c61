package dev.millrace.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GET requests for a few pages of text. */
final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  /** So that one slow reader does not keep a health check waiting. */
  private static final int THREADS = 3;

  /** The content type of text that says no more of itself. */
  static final String PLAIN = "text/plain; charset=utf-8";

  /** What a page has to say. */
  record Answer(int status, String contentType, String text) {}

  private final String host;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Threads::daemon);
  private final Map<String, Supplier<Answer>> pages;

  /** Answers from now on; {@code port} 0 takes any free one. */
  HttpEndpoint(String host, int port, Map<String, Supplier<Answer>> pages) {
    this.host = host;
    this.pages = new TreeMap<>(pages);
    this.server = bind(host, port);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    Threads.callAsDaemon(server::start);
  }

  private static HttpServer bind(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw MillraceException.usage(
          "The metrics host '%s' is not known; name an address of this machine, or 0.0.0.0 for all."
              .formatted(host));
    }
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      throw MillraceException.usage(
          "Metrics cannot be served on port %d of %s (%s): choose another port, or 0 for any free one."
              .formatted(port, host, e.getMessage()),
          e);
    } catch (IOException e) {
      throw MillraceException.usage(
          "Metrics cannot be served on port %d of %s: %s".formatted(port, host, e.getMessage()), e);
    }
  }

  /** The address of a page. */
  URI uri(String path) {
    try {
      return new URI("http", null, host, server.getAddress().getPort(), path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath()));
    } catch (RuntimeException e) {
      LOG.warn("{} could not be answered: {}", exchange.getRequestURI(), e.toString(), e);
    }
  }

  private Answer answer(String method, String path) {
    Supplier<Answer> page = pages.get(path);
    if (page == null) {
      return new Answer(404, PLAIN, "There are: " + String.join(", ", pages.keySet()) + "\n");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return new Answer(405, PLAIN, "Only GET is answered.\n");
    }
    return page.get();
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    boolean body = !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), body ? bytes.length : -1);
    if (body) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
