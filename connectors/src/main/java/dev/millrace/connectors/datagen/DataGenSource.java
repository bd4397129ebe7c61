package dev.millrace.connectors.datagen;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows made up, a certain number each second.
 *
 * @param columns the generators of the columns
 * @param rows how many rows there are in all, or {@link #ENDLESS}
 * @param rowsPerSecond of all readers together
 * @param parallelism that the table asks for, or 0
 */
record DataGenSource(List<Generator> columns, long rows, long rowsPerSecond, int parallelism)
    implements Source {
  static final long ENDLESS = Long.MAX_VALUE;

  /** The rows whose numbers leave the remainder {@code number} when divided by {@code of}. */
  record Slice(int number, int of) implements Split {
    @Override
    public String id() {
      return number + "/" + of;
    }
  }

  @Override
  public boolean bounded() {
    return rows != ENDLESS;
  }

  @Override
  public SplitEnumerator enumerator() {
    return new SplitEnumerator() {
      private int slices;

      @Override
      public void open(int readers) {
        slices = readers;
      }

      @Override
      public Assignment assignment() {
        return Assignment.EAGER;
      }

      @Override
      public List<Split> discover() {
        List<Split> found = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
          found.add(new Slice(i, slices));
        }
        return found;
      }

      @Override
      public Duration interval() {
        return null;
      }
    };
  }

  @Override
  public SourceReader reader(SourceContext context) {
    return new DataGenReader(this, context);
  }
}
