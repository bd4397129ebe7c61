package dev.millrace.connectors.filesystem;

import dev.millrace.engine.connector.Split;
import java.nio.file.Path;

/**
 * The records of a file that begin in a range of its bytes.
 *
 * @param end exclusive; for a compressed file, which is never cut, the largest number
 * @param size of the file when it was found, in bytes
 * @param modifiedMillis when the file was last modified, since the epoch
 */
record FileSplit(Path path, long start, long end, long size, long modifiedMillis) implements Split {
  @Override
  public String id() {
    return path + ":" + start;
  }
}
