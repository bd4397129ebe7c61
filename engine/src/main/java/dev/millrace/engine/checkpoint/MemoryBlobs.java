package dev.millrace.engine.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Blobs in memory, for jobs in simulation and tests that write many. */
public final class MemoryBlobs implements BlobStore {
  private final NavigableMap<String, byte[]> blobs = new ConcurrentSkipListMap<>();

  @Override
  public Upload create(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return new Upload() {
      @Override
      public OutputStream stream() {
        return bytes;
      }

      @Override
      public void publish() {
        blobs.put(name, bytes.toByteArray());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public InputStream open(String name) throws IOException {
    return new ByteArrayInputStream(get(name));
  }

  @Override
  public long size(String name) throws IOException {
    return get(name).length;
  }

  private byte[] get(String name) throws IOException {
    byte[] blob = blobs.get(name);
    if (blob == null) {
      throw new NoSuchFileException(name);
    }
    return blob;
  }

  @Override
  public List<String> list(String prefix) {
    return blobs.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public void delete(String name) {
    blobs.remove(name);
  }

  /** An upload that is not published is only garbage. */
  @Override
  public void sweep(String prefix) {}

  @Override
  public String describe() {
    return "memory";
  }
}
