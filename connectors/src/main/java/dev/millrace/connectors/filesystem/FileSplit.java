package dev.millrace.connectors.filesystem;

import dev.millrace.engine.connector.Split;
import java.nio.file.Path;
import java.util.Map;

/**
 * The records of a file that begin in a range of its bytes.
 *
 * @param end exclusive; for a compressed file, which is never cut, the largest number
 * @param size of the file when it was found, in bytes
 * @param modifiedMillis when the file was last modified, since the epoch
 * @param next where the first record to read begins in the file's uncompressed content, or {@link
 *     #UNREAD}
 */
record FileSplit(Path path, long start, long end, long size, long modifiedMillis, long next)
    implements Split {
  /** The position in a split of which nothing was read. */
  static final long UNREAD = -1;

  FileSplit(Path path, long start, long end, long size, long modifiedMillis) {
    this(path, start, end, size, modifiedMillis, UNREAD);
  }

  /** The split that was saved as this. */
  static FileSplit of(Map<String, String> saved) {
    return new FileSplit(
        Path.of(saved.get("path")),
        Long.parseLong(saved.get("start")),
        Long.parseLong(saved.get("end")),
        Long.parseLong(saved.get("size")),
        Long.parseLong(saved.get("modified")),
        Long.parseLong(saved.get("next")));
  }

  @Override
  public Map<String, String> saved() {
    return Map.of(
        "path", path.toString(),
        "start", Long.toString(start),
        "end", Long.toString(end),
        "size", Long.toString(size),
        "modified", Long.toString(modifiedMillis),
        "next", Long.toString(next));
  }

  /** The same split from where this record of it begins. */
  FileSplit from(long record) {
    return new FileSplit(path, start, end, size, modifiedMillis, record);
  }

  @Override
  public String id() {
    return path + ":" + start;
  }
}
