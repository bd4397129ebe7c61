package dev.millrace.engine.checkpoint;

import dev.millrace.engine.option.Options;
import java.net.URI;

/** Opens stores of one URI scheme; found through {@link java.util.ServiceLoader}. */
public interface BlobStoreFactory {
  /** The scheme in lower case, for example {@code s3}. */
  String scheme();

  /**
   * The store at a URI of that scheme; nothing is made or looked at yet.
   *
   * @param options of the session, those of this scheme among them
   * @throws dev.millrace.engine.error.MillraceException a user's error if the URI does not name a
   *     place, or the options are wrong
   */
  BlobStore open(URI uri, Options options);
}
