package dev.millrace.connectors.filesystem;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.type.DataType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files below a path.
 *
 * @param table its name, for messages
 * @param pattern what the whole path of a file must match, or null
 * @param monitorInterval pause between two searches for new files, or null for one search
 * @param rangeBytes the size of the ranges that a large file is cut into
 * @param decodedRow the ROW that the format produces, which metadata columns follow
 * @param limit rows that are enough per reader, or -1
 */
record FileSource(
    String table,
    Path path,
    Pattern pattern,
    Duration monitorInterval,
    long rangeBytes,
    DecodingFormat format,
    DataType decodedRow,
    List<FileMetadata> metadata,
    long limit)
    implements Source {

  @Override
  public boolean bounded() {
    return monitorInterval == null;
  }

  @Override
  public SplitEnumerator enumerator() {
    return new FileSplits(this);
  }

  @Override
  public Split split(Map<String, String> saved) {
    return FileSplit.of(saved);
  }

  @Override
  public SourceReader reader(SourceContext context) {
    return new FileReader(this, context);
  }
}
