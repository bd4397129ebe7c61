package dev.millrace.connectors.filesystem;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The metadata columns of a file: the same value in every row. */
enum FileMetadata {
  PATH("file.path") {
    @Override
    Vector column(FileSplit file, int rows) {
      return text(file.path().toString(), rows);
    }
  },
  NAME("file.name") {
    @Override
    Vector column(FileSplit file, int rows) {
      return text(file.path().getFileName().toString(), rows);
    }
  },
  SIZE("file.size") {
    @Override
    Vector column(FileSplit file, int rows) {
      return new LongVector(rows, repeated(file.size(), rows), null);
    }
  },
  MODIFICATION_TIME("file.modification-time") {
    @Override
    Vector column(FileSplit file, int rows) {
      return new TimestampVector(rows, repeated(file.modifiedMillis(), rows), null, null);
    }
  };

  private final String key;

  FileMetadata(String key) {
    this.key = key;
  }

  static FileMetadata of(String key, String table) {
    for (FileMetadata metadata : values()) {
      if (metadata.key.equals(key)) {
        return metadata;
      }
    }
    throw MillraceException.usage(
        "Table '%s' has no metadata '%s'%s"
            .formatted(
                table, key, Nearest.hint(key, Arrays.stream(values()).map(m -> m.key).toList())));
  }

  abstract Vector column(FileSplit file, int rows);

  private static Vector text(String value, int rows) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int[] lengths = new int[rows];
    Arrays.fill(lengths, bytes.length);
    return new BytesVector(rows, bytes, new int[rows], lengths, null);
  }

  private static long[] repeated(long value, int rows) {
    long[] values = new long[rows];
    Arrays.fill(values, value);
    return values;
  }
}
