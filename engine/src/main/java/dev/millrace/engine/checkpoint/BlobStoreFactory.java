package dev.millrace.engine.checkpoint;

import java.net.URI;

/** Opens stores of one URI scheme; found through {@link java.util.ServiceLoader}. */
public interface BlobStoreFactory {
  /** The scheme in lower case, for example {@code s3}. */
  String scheme();

  /** The store at a URI of that scheme; a user's error if the URI does not name a place. */
  BlobStore open(URI uri);
}
