package dev.millrace.connectors.filesystem;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.format.EncodingFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that gets files of rows.
 *
 * @param table its name, for messages
 * @param prefix begins the names of all files of one run, and of no other run
 * @param parallelism that the table asks for, or 0
 */
record FileSink(
    String table,
    Path folder,
    String prefix,
    EncodingFormat format,
    RollingPolicy rolling,
    int parallelism)
    implements Sink {

  @Override
  public SinkWriter writer(SinkContext context) {
    return new FileWriter(this, context);
  }

  @Override
  public boolean awaitsEpochs() {
    return true;
  }

  @Override
  public void publish(List<String> prepared) {
    for (String hiddenName : prepared) {
      try {
        PartFile.publish(folder, hiddenName);
      } catch (IOException e) {
        throw MillraceException.job(
            "Table '%s': %s.".formatted(table, FileErrors.writing(folder, e)), e);
      }
    }
  }

  @Override
  public boolean blocking() {
    return true;
  }
}
