package dev.millrace.connectors.filesystem;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** How the content of a file is compressed, told by the ending of its name as Flink does. */
enum Compression {
  NONE,
  GZIP,
  DEFLATE,
  ZSTD,
  /** Known to Flink, not read here. */
  BZIP2,
  /** Known to Flink, not read here. */
  XZ;

  private static final int BUFFER_BYTES = 64 << 10;

  static Compression of(String fileName) {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (fileName.indexOf('.') < 0 ? "" : ending) {
      case "gz", "gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "zst" -> ZSTD;
      case "bz2" -> BZIP2;
      case "xz" -> XZ;
      default -> NONE;
    };
  }

  /** What to call it in messages. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean supported() {
    return this != BZIP2 && this != XZ;
  }

  /** The uncompressed content; a truncated or corrupt one throws while it is read. */
  InputStream open(InputStream file) throws IOException {
    return switch (this) {
      case NONE -> file;
      case GZIP -> new GZIPInputStream(file, BUFFER_BYTES);
      case DEFLATE -> new InflaterInputStream(file);
      case ZSTD -> new ZstdInputStream(file);
      case BZIP2, XZ -> throw new IOException(title() + " is not supported");
    };
  }
}
