package dev.millrace.connectors.s3;

import dev.millrace.engine.checkpoint.BlobStore;
import dev.millrace.engine.checkpoint.BlobStoreFactory;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Opens {@code s3://BUCKET/PATH}. */
public final class S3BlobStoreFactory implements BlobStoreFactory {
  private static final Pattern BUCKET =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");

  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public BlobStore open(URI uri, Options options) {
    String bucket = bucket(uri);
    String prefix = prefix(uri);
    S3Settings settings = S3Settings.of(options);
    return new S3Blobs(
        new S3Bucket(S3Clients.get(settings), bucket, new S3Errors(bucket, settings.where())),
        prefix);
  }

  private static String bucket(URI uri) {
    // Underscores are allowed in buckets, not in what URI takes for a host.
    String bucket = uri.getRawAuthority();
    if (bucket != null && bucket.contains("@")) {
      throw MillraceException.usage(
          "Keys do not belong into an s3: URI: set '%s' and '%s'."
              .formatted(S3Settings.ACCESS_KEY.name(), S3Settings.SECRET_KEY.name()));
    }
    boolean more = uri.getRawQuery() != null || uri.getRawFragment() != null;
    if (bucket == null || more || !BUCKET.matcher(bucket).matches()) {
      throw unusable(uri);
    }
    return bucket;
  }

  /** Empty, or ends with a slash. */
  private static String prefix(URI uri) {
    List<String> parts = new ArrayList<>();
    for (String part : uri.getPath().split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        throw unusable(uri);
      }
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return parts.isEmpty() ? "" : String.join("/", parts) + "/";
  }

  private static MillraceException unusable(URI uri) {
    return MillraceException.usage(
        "Cannot keep snapshots in '%s': an s3: URI names a bucket and a path, as in s3://bucket/checkpoints."
            .formatted(uri));
  }
}
