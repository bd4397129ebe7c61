package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;

/** Turns what Kafka's clients throw into one line that says what to do. */
final class KafkaErrors {
  private static final int PROBE_MILLIS = 1000;
  private static final Pattern ADDRESS = Pattern.compile("(?:\\w+://)?\\[?(.+?)]?:(\\d+)");

  private KafkaErrors() {}

  /** The failure in the user's words; those that are in the user's words already come back. */
  static MillraceException translate(KafkaConnection connection, Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof MillraceException known) {
      return known;
    }
    if (isUnknownTopic(cause)) {
      return job(connection, "Kafka at %s does not know the topic (any more): %s", cause);
    }
    if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
      return unreachable(connection, cause);
    }
    if (cause instanceof AuthenticationException) {
      return job(
          connection,
          "Kafka at %s refuses the login: %s; check 'properties.security.protocol',"
              + " 'properties.sasl.*' and 'properties.ssl.*'",
          cause);
    }
    if (cause instanceof AuthorizationException) {
      return job(connection, "Kafka at %s does not allow it: %s; ask for the permission", cause);
    }
    return job(connection, "Kafka at %s failed: %s", cause);
  }

  /** The producer says so only in words. */
  private static boolean isUnknownTopic(Throwable cause) {
    return cause instanceof TimeoutException
        && String.valueOf(cause.getMessage()).contains("not present in metadata");
  }

  private static Throwable unwrap(Throwable failure) {
    boolean wrapper =
        failure instanceof ExecutionException || failure instanceof CompletionException;
    return wrapper && failure.getCause() != null ? failure.getCause() : failure;
  }

  private static MillraceException job(
      KafkaConnection connection, String message, Throwable cause) {
    return MillraceException.job(
        "Table '%s': %s."
            .formatted(
                connection.table(),
                message.formatted(connection.bootstrapServers(), reason(connection, cause))),
        cause);
  }

  private static String reason(KafkaConnection connection, Throwable cause) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String line = withoutSecrets(connection, message).lines().findFirst().orElse("").trim();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  /** A client could not be made of the properties. */
  static MillraceException ofCreation(KafkaConnection connection, RuntimeException failure) {
    Throwable cause = failure;
    while (cause.getClass() == KafkaException.class
        && cause.getCause() != null
        && String.valueOf(cause.getMessage()).startsWith("Failed to c")) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("resolvable")) {
      return MillraceException.job(
          "Table '%s' cannot reach Kafka: no host of 'properties.bootstrap.servers' = '%s' is known."
              .formatted(connection.table(), connection.bootstrapServers()),
          cause);
    }
    String refused = "Table '%s': Kafka's client does not accept its properties: %s.";
    if (message.toLowerCase(Locale.ROOT).contains("jaas")) {
      // Neither its message nor the cause: both may quote any part of the text, so of the password.
      return MillraceException.usage(
          refused.formatted(connection.table(), "'properties.sasl.jaas.config' cannot be read"));
    }
    return MillraceException.usage(
        refused.formatted(connection.table(), reason(connection, cause)), cause);
  }

  private static String withoutSecrets(KafkaConnection connection, String message) {
    String clean = message;
    for (Map.Entry<String, String> property : connection.properties().entrySet()) {
      if (isSecret(property.getKey()) && !property.getValue().isEmpty()) {
        clean = clean.replace(property.getValue(), "***");
      }
    }
    return clean;
  }

  private static boolean isSecret(String property) {
    String name = property.toLowerCase(Locale.ROOT);
    return List.of("password", "secret", "jaas", "token", "credential", "ssl.keystore.key").stream()
        .anyMatch(name::contains);
  }

  /** No answer in time: looks whether anything listens there, to say what to check. */
  private static MillraceException unreachable(KafkaConnection connection, Throwable cause) {
    List<String> findings = new ArrayList<>();
    boolean listening = false;
    for (String server : connection.bootstrapServers().split(",", -1)) {
      String finding = probe(server.trim());
      listening |= finding == null;
      if (finding != null) {
        findings.add(finding);
      }
    }
    String what =
        listening
            ? "it takes connections but does not answer in time; check"
                + " 'properties.security.protocol', and that the addresses which the brokers"
                + " advertise can be reached from here"
            : String.join(", ", findings)
                + "; check 'properties.bootstrap.servers' and that the broker runs";
    return MillraceException.job(
        "Table '%s' cannot reach Kafka at %s: %s."
            .formatted(connection.table(), connection.bootstrapServers(), what),
        cause);
  }

  /** Why the address takes no connection, or null if it does. */
  private static String probe(String server) {
    Matcher address = ADDRESS.matcher(server);
    if (!address.matches()) {
      return "'" + server + "' is not of the form host:port";
    }
    InetSocketAddress target =
        new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2)));
    if (target.isUnresolved()) {
      return "the host " + address.group(1) + " is unknown";
    }
    try (Socket socket = new Socket()) {
      socket.connect(target, PROBE_MILLIS);
      return null;
    } catch (SocketTimeoutException e) {
      return "no answer from " + server;
    } catch (ConnectException e) {
      return "nothing listens at " + server;
    } catch (IOException e) {
      return server + ": " + e.getMessage();
    }
  }
}
