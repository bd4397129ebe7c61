package dev.millrace.engine.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;

/**
 * A place that keeps named sequences of bytes, each written once as a whole.
 *
 * <p>A name has parts separated by {@code /}; no part is empty or begins with a dot. Thread-safe.
 */
public interface BlobStore {
  /** Bytes on their way into the store. Used by one thread. */
  interface Upload extends AutoCloseable {
    /** Takes the bytes; closing it is not needed. */
    OutputStream stream();

    /**
     * Makes the blob durable and then visible under its name, at once and whole. Whatever had that
     * name is replaced. If this throws, the blob may be there or not.
     */
    void publish() throws IOException;

    /** Frees what the upload holds; if it was not published, nothing is left of it. */
    @Override
    void close() throws IOException;
  }

  /** Begins a blob, which nobody sees before {@link Upload#publish}. */
  Upload create(String name) throws IOException;

  /**
   * Reads a blob from its beginning.
   *
   * @throws java.nio.file.NoSuchFileException if there is none of this name
   */
  InputStream open(String name) throws IOException;

  /**
   * The names that begin with {@code prefix}, in order. The prefix is empty or ends with a {@code
   * /}; the names are whole, with the prefix.
   */
  List<String> list(String prefix) throws IOException;

  /** Removes a blob, if there is one of this name. */
  void delete(String name) throws IOException;

  /** Removes those of these blobs that are there. */
  default void delete(Collection<String> names) throws IOException {
    for (String name : names) {
      delete(name);
    }
  }

  /**
   * The number of bytes of a blob.
   *
   * @throws java.nio.file.NoSuchFileException if there is none of this name
   */
  long size(String name) throws IOException;

  /**
   * Removes what processes that are no more left of uploads of such names; what others are still
   * writing stays.
   */
  void sweep(String prefix) throws IOException;

  /** Where this is, for messages to people; holds no secret. */
  String describe();
}
