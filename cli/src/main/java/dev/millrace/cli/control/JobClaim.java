package dev.millrace.cli.control;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's name, held by the process that runs it: two jobs of a name would write to the same
 * checkpoints and shut each other out of their transactions. The system frees it when the process
 * ends, however it does.
 */
public final class JobClaim implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobClaim.class);

  private final FileChannel file;

  private JobClaim(FileChannel file) {
    this.file = file;
  }

  /** Claims a name; a user's error if another process of this user on this machine has it. */
  public static JobClaim of(String job) {
    try {
      Path lock = RunFolder.open().lock(job);
      FileChannel file =
          FileChannel.open(
              lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!isLocked(file)) {
        file.close();
        throw MillraceException.usage(
            ("Job '%s' is running already (process %s). Stop that one, or give this one another name:"
                    + " SET 'pipeline.name' = '...'.")
                .formatted(job, Files.readString(lock).strip()));
      }
      write(file, ProcessHandle.current().pid() + "\n");
      return new JobClaim(file);
    } catch (IOException e) {
      LOG.warn("Whether '{}' is running already cannot be found out: {}", job, e.getMessage());
      return new JobClaim(null);
    }
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void write(FileChannel file, String text) throws IOException {
    file.truncate(0);
    file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      LOG.debug("The lock is left to the system", e);
    }
  }
}
