package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.BlobStore;
import dev.millrace.engine.checkpoint.MemoryBlobs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;

/** A disk that outlives the simulated process; now and then it fails. */
final class SimulatedBlobs implements BlobStore {
  private final MemoryBlobs blobs = new MemoryBlobs();
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
    Upload upload = blobs.create(name);
    return new Upload() {
      @Override
      public OutputStream stream() {
        return upload.stream();
      }

      @Override
      public void publish() throws IOException {
        kill.maybe();
        if (failureOneIn > 0 && random.nextInt(failureOneIn) == 0) {
          throw new IOException("the disk does not answer");
        }
        upload.publish();
        kill.maybe();
      }

      @Override
      public void close() throws IOException {
        upload.close();
      }
    };
  }

  @Override
  public InputStream open(String name) throws IOException {
    return blobs.open(name);
  }

  @Override
  public List<String> list(String prefix) {
    return blobs.list(prefix);
  }

  @Override
  public void delete(String name) {
    kill.maybe();
    blobs.delete(name);
  }

  @Override
  public long size(String name) throws IOException {
    return blobs.size(name);
  }

  @Override
  public void sweep(String prefix) {
    blobs.sweep(prefix);
  }

  @Override
  public String describe() {
    return blobs.describe();
  }
}
