package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A disk that outlives the simulated process; now and then it fails. */
final class SimulatedBlobs implements BlobStore {
  private final Map<String, byte[]> blobs = new TreeMap<>();
  private final Killed.Chance kill;
  private final Random random;
  private int failureOneIn;

  SimulatedBlobs(Killed.Chance kill, Random random) {
    this.kill = kill;
    this.random = random;
  }

  /** From now on one of so many writes fails; none if 0. */
  void failOneIn(int newOneIn) {
    failureOneIn = newOneIn;
  }

  @Override
  public Upload create(String name) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    return new Upload() {
      @Override
      public OutputStream stream() {
        return content;
      }

      @Override
      public void publish() throws IOException {
        kill.maybe();
        if (failureOneIn > 0 && random.nextInt(failureOneIn) == 0) {
          throw new IOException("the disk does not answer");
        }
        blobs.put(name, content.toByteArray());
        kill.maybe();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public InputStream open(String name) throws IOException {
    return new ByteArrayInputStream(content(name));
  }

  private byte[] content(String name) throws IOException {
    byte[] content = blobs.get(name);
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    return content;
  }

  @Override
  public List<String> list(String prefix) {
    return blobs.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public void delete(String name) {
    kill.maybe();
    blobs.remove(name);
  }

  @Override
  public long size(String name) throws IOException {
    return content(name).length;
  }

  @Override
  public void sweep(String prefix) {}

  @Override
  public String describe() {
    return "memory";
  }
}
