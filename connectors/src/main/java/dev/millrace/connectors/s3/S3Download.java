package dev.millrace.connectors.s3;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an object piece by piece: each is a request of its own, which is repeated as a whole if the
 * connection breaks, and none is open while its bytes are being used. Used by one thread.
 */
final class S3Download extends InputStream {
  private static final int PIECE_BYTES = 8 << 20;

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
    if (answer == null) {
      piece = new byte[0];
      atEnd = true;
    } else {
      piece = answer.asByteArrayUnsafe();
      tag = answer.response().eTag();
      position += piece.length;
      atEnd = position >= length(answer.response());
    }
    next = 0;
  }

  /** Of the whole object. */
  private long length(GetObjectResponse response) throws IOException {
    String range = response.contentRange();
    if (range == null) {
      // A server that knows no ranges has sent all of it.
      return position;
    }
    try {
      return Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
    } catch (NumberFormatException e) {
      throw new IOException(key + ": its length is not known (" + range + ")");
    }
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
