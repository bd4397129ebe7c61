package dev.millrace.connectors.s3;

import dev.millrace.engine.checkpoint.BlobNames;
import dev.millrace.engine.checkpoint.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs as objects of a bucket, below a path.
 *
 * <p>An object appears whole or not at all, and at once for every reader: that is what S3 promises.
 * Large ones are written in parts, of which a process that dies leaves some, invisible, until
 * {@link #sweep} finds them a day later, or a rule of the bucket removes them.
 */
final class S3Blobs implements BlobStore {
  private static final Logger LOG = LoggerFactory.getLogger(S3Blobs.class);

  /** Whether who writes an upload is still alive cannot be seen; none takes that long. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final S3Bucket bucket;
  private final String root;

  /** {@code root} is empty or ends with a slash. */
  S3Blobs(S3Bucket bucket, String root) {
    this.bucket = bucket;
    this.root = root;
  }

  private String key(String name) {
    return root + BlobNames.requireName(name);
  }

  @Override
  public Upload create(String name) {
    return new S3Upload(bucket, key(name));
  }

  @Override
  public InputStream open(String name) throws IOException {
    return new S3Download(bucket, key(name));
  }

  @Override
  public long size(String name) throws IOException {
    return bucket.size(key(name));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return bucket.list(root + BlobNames.requirePrefix(prefix)).stream()
        .map(key -> key.substring(root.length()))
        // Others may keep something there, too: consoles mark folders by names that end with a
        // slash.
        .filter(BlobNames::isName)
        .sorted()
        .toList();
  }

  @Override
  public void delete(String name) throws IOException {
    bucket.delete(key(name));
  }

  @Override
  public void delete(Collection<String> names) throws IOException {
    bucket.delete(names.stream().map(this::key).toList());
  }

  /** Uploads of less than a day may still be written, by whomever. */
  @Override
  public void sweep(String prefix) {
    try {
      bucket.abortUploadsBefore(
          root + BlobNames.requirePrefix(prefix), Instant.now().minus(ABANDONED));
    } catch (IOException e) {
      // Not all servers can list uploads, and not all users may; a job needs neither.
      LOG.debug("Old uploads to {} are not removed", describe(), e);
    }
  }

  @Override
  public String describe() {
    String path = root.isEmpty() ? "" : "/" + root.substring(0, root.length() - 1);
    return "s3://" + bucket.name() + path;
  }
}
