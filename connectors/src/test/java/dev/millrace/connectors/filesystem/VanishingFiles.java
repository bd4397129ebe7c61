package dev.millrace.connectors.filesystem;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Files that are deleted after they were found and before they are read. */
record VanishingFiles(Source files) implements Source {
  @Override
  public boolean bounded() {
    return true;
  }

  @Override
  public SplitEnumerator enumerator() {
    SplitEnumerator found = files.enumerator();
    return new SplitEnumerator() {
      @Override
      public Assignment assignment() {
        return found.assignment();
      }

      @Override
      public void restore(List<Split> known) {
        found.restore(known);
      }

      @Override
      public List<Split> discover() {
        List<Split> splits = found.discover();
        try {
          for (Split split : splits) {
            Files.deleteIfExists(((FileSplit) split).path());
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return splits;
      }

      @Override
      public Duration interval() {
        return found.interval();
      }
    };
  }

  @Override
  public Split split(Map<String, String> saved) {
    return files.split(saved);
  }

  @Override
  public SourceReader reader(SourceContext context) {
    return files.reader(context);
  }
}
