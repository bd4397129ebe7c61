package dev.millrace.connectors.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.engine.checkpoint.BlobStore;
import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.option.Options;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of answers that only Amazon gives, or only on a bad day, as its documentation has
 * them.
 */
class S3AnswersTest {
  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange request, int number) throws IOException;
  }

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicReference<Answer> answer = new AtomicReference<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        request -> {
          request.getRequestBody().readAllBytes();
          answer.get().to(request, requests.incrementAndGet());
          request.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private BlobStore blobs() {
    return BlobStores.open(
        "s3://bucket/x",
        new Options(
            "the test",
            Map.of(
                "s3.endpoint",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "s3.access-key",
                "access",
                "s3.secret-key",
                "secret")));
  }

  private static void send(HttpExchange request, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    boolean head = request.getRequestMethod().equals("HEAD");
    request.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head) {
      request.getResponseBody().write(bytes);
    }
  }

  private static Answer error(int status, String code) {
    return (request, number) ->
        send(request, status, "<Error><Code>%s</Code><Message>m</Message></Error>".formatted(code));
  }

  @Test
  void anotherRegionIsNamed() {
    answer.set(
        (request, number) -> {
          request.getResponseHeaders().add("x-amz-bucket-region", "eu-west-3");
          error(301, "PermanentRedirect").to(request, number);
        });
    assertThatThrownBy(() -> blobs().list(""))
        .hasMessage("the bucket 'bucket' is in another region, eu-west-3: set 's3.region'");
    answer.set(error(400, "AuthorizationHeaderMalformed"));
    assertThatThrownBy(() -> blobs().list(""))
        .hasMessage("the bucket 'bucket' is in another region: set 's3.region'");
  }

  @Test
  void deniedAccessSaysWhichRightsAreNeeded() {
    answer.set(error(403, "AccessDenied"));
    assertThatThrownBy(() -> blobs().list(""))
        .hasMessageStartingWith("access to the bucket 'bucket' is denied (S3 at http://")
        .hasMessageContaining("AccessDenied): the keys need the rights to list the bucket");
    assertThatThrownBy(() -> blobs().size("a"))
        .hasMessageStartingWith("access to the bucket 'bucket' is denied (S3 at http://")
        .hasMessageContaining("403)");
    assertThat(requests).hasValue(2);
  }

  @Test
  void aBusyServerIsAskedFourTimes() {
    answer.set(error(503, "SlowDown"));
    assertThatThrownBy(() -> blobs().list(""))
        .hasMessageMatching("S3 at http://127.0.0.1:\\d+ answers SlowDown");
    assertThat(requests).hasValue(4);
  }

  @Test
  void whatPassesIsNotSeen() throws IOException {
    answer.set(
        (request, number) -> {
          if (number < 3) {
            error(500, "InternalError").to(request, number);
          } else {
            send(request, 200, "<ListBucketResult></ListBucketResult>");
          }
        });
    assertThat(blobs().list("")).isEmpty();
    assertThat(requests).hasValue(3);
  }

  @Test
  void aBrokenDownloadGoesOnWhereItBroke() throws IOException {
    byte[] content = "the whole object".getBytes(UTF_8);
    answer.set(
        (request, number) -> {
          String range = request.getRequestHeaders().getFirst("Range");
          int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
          sendHeaders(request, from, content.length);
          int count = number < 3 ? 4 : content.length - from;
          request.getResponseBody().write(content, from, count);
        });
    try (InputStream in = blobs().open("a")) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(requests).hasValue(3);
  }

  @Test
  void aConnectionThatAlwaysBreaksIsAnError() throws IOException {
    answer.set(
        (request, number) -> {
          sendHeaders(request, number == 1 ? 0 : 4, 16);
          request.getResponseBody().write(new byte[number == 1 ? 4 : 0]);
        });
    try (InputStream in = blobs().open("a")) {
      assertThatThrownBy(in::readAllBytes).hasMessage("the connection broke after 4 bytes of x/a");
    }
  }

  @Test
  void anObjectThatHasShrunkIsAnError() throws IOException {
    answer.set(
        (request, number) -> {
          if (number == 1) {
            sendHeaders(request, 0, 16);
            request.getResponseBody().write(new byte[4]);
          } else {
            error(416, "InvalidRange").to(request, number);
          }
        });
    try (InputStream in = blobs().open("a")) {
      assertThatThrownBy(in::readAllBytes).hasMessage("x/a ends after 4 bytes, it had more");
    }
  }

  private static void sendHeaders(HttpExchange request, int from, int length) throws IOException {
    request.getResponseHeaders().add("ETag", "\"tag\"");
    request
        .getResponseHeaders()
        .add("Content-Range", "bytes %d-%d/%d".formatted(from, length - 1, length));
    request.sendResponseHeaders(206, length - from);
  }

  @Test
  void otherBytesThanWereAskedForAreAnError() {
    answer.set((request, number) -> send(request, 200, "all of it"));
    assertThatThrownBy(() -> blobs().open("a"))
        .hasMessage("bytes 0 and more of x/a were asked for, the answer has 'null'");
    answer.set(
        (request, number) -> {
          sendHeaders(request, 4, 6);
          request.getResponseBody().write(new byte[2]);
        });
    assertThatThrownBy(() -> blobs().open("a"))
        .hasMessage("bytes 0 and more of x/a were asked for, the answer has 'bytes 4-5/6'");
  }

  @Test
  void objectsThatStayAreAnError() {
    answer.set(
        (request, number) ->
            send(
                request,
                200,
                "<DeleteResult><Error><Key>x/a</Key><Code>AccessDenied</Code></Error></DeleteResult>"));
    assertThatThrownBy(() -> blobs().delete(List.of("a", "b")))
        .hasMessage("1 objects were not removed (AccessDenied)");
  }

  @Test
  void aServerThatListsNoUploadsIsSweptWithoutAnError() throws IOException {
    answer.set(error(501, "NotImplemented"));
    blobs().sweep("job/");
    assertThat(requests).hasPositiveValue();
  }

  @Test
  void interruptingEndsTheWait() {
    answer.set(error(503, "SlowDown"));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> blobs().list("")).isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
