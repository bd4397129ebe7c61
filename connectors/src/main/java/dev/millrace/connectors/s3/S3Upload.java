package dev.millrace.connectors.s3;

import dev.millrace.engine.checkpoint.BlobStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object on its way into a bucket: by one request if it is small, else in parts, of which one is
 * in memory. S3 takes 10,000 of them; they grow with their number, so that an object may have 440
 * GB.
 */
final class S3Upload implements BlobStore.Upload {
  private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);

  static final int PART_BYTES = 8 << 20;

  /** After so many parts the next ones are larger. */
  private static final int PARTS_OF_A_SIZE = 1000;

  private static final int FIRST_BYTES = 64 << 10;

  private final S3Bucket bucket;
  private final String key;
  private final OutputStream stream = new Body();
  private final List<CompletedPart> parts = new ArrayList<>();
  private byte[] buffer = new byte[FIRST_BYTES];
  private int length;

  /** Null as long as one request may do. */
  private String upload;

  private boolean published;

  S3Upload(S3Bucket bucket, String key) {
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  private int partBytes() {
    return PART_BYTES * (1 + parts.size() / PARTS_OF_A_SIZE);
  }

  private void write(byte[] bytes, int offset, int count) throws IOException {
    int from = offset;
    int end = offset + count;
    while (from < end) {
      if (length == partBytes()) {
        sendPart();
      }
      int taken = Math.min(end - from, partBytes() - length);
      if (buffer.length < length + taken) {
        int doubled = Math.min(2 * buffer.length, partBytes());
        buffer = Arrays.copyOf(buffer, Math.max(length + taken, doubled));
      }
      System.arraycopy(bytes, from, buffer, length, taken);
      length += taken;
      from += taken;
    }
  }

  private void sendPart() throws IOException {
    if (upload == null) {
      upload = bucket.beginUpload(key);
    }
    parts.add(bucket.putPart(key, upload, parts.size() + 1, buffer, length));
    length = 0;
  }

  @Override
  public void publish() throws IOException {
    if (upload == null) {
      bucket.put(key, buffer, length);
    } else {
      sendPart();
      bucket.completeUpload(key, upload, parts);
    }
    published = true;
  }

  @Override
  public void close() {
    if (upload == null || published) {
      return;
    }
    try {
      bucket.abortUpload(key, upload);
    } catch (IOException e) {
      // Whoever gave up has reported it; the parts are found by a later sweep.
      LOG.debug("The parts of {} are not removed", key, e);
    }
    upload = null;
  }

  /** Takes the bytes. */
  private final class Body extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      S3Upload.this.write(bytes, offset, count);
    }
  }
}
