package dev.millrace.connectors.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an object piece by piece: each is a request of its own, which can be repeated, and none is
 * open while its bytes are being used. Used by one thread.
 */
final class S3Download extends InputStream {
  private static final int PIECE_BYTES = 8 << 20;

  /** Where the bytes of an answer begin, and how many the object has. */
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18})");

  private final S3Bucket bucket;
  private final String key;
  private String tag;
  private byte[] piece = new byte[0];
  private int next;

  /** Of the bytes behind the piece. */
  private long position;

  private boolean atEnd;

  /**
   * Begins to read.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such object
   */
  S3Download(S3Bucket bucket, String key) throws IOException {
    this.bucket = bucket;
    this.key = key;
    fetch();
  }

  private void fetch() throws IOException {
    ResponseBytes<GetObjectResponse> answer = bucket.get(key, position, PIECE_BYTES, tag);
    next = 0;
    if (answer == null && position == 0) {
      atEnd = true;
      return;
    }
    if (answer == null) {
      throw new IOException("%s ends after %d bytes, it had more".formatted(key, position));
    }
    long length = length(answer.response());
    tag = answer.response().eTag();
    piece = answer.asByteArrayUnsafe();
    position += piece.length;
    // The JDK's client takes a connection that broke for the end; the rest is asked for again.
    atEnd = position >= length;
    if (piece.length == 0 && !atEnd) {
      throw new IOException("the connection broke after %d bytes of %s".formatted(position, key));
    }
  }

  /** Of the whole object. */
  private long length(GetObjectResponse response) throws IOException {
    String range = String.valueOf(response.contentRange());
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != position) {
      throw new IOException(
          "bytes %d and more of %s were asked for, the answer has '%s'"
              .formatted(position, key, range));
    }
    return Long.parseLong(matcher.group(2));
  }

  @Override
  public int read() throws IOException {
    return ready() ? piece[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!ready()) {
      return -1;
    }
    int taken = Math.min(count, piece.length - next);
    System.arraycopy(piece, next, bytes, offset, taken);
    next += taken;
    return taken;
  }

  private boolean ready() throws IOException {
    while (next == piece.length) {
      if (atEnd) {
        return false;
      }
      fetch();
    }
    return true;
  }
}
