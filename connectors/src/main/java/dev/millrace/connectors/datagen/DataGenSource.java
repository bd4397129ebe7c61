package dev.millrace.connectors.datagen;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

  /**
   * The rows whose numbers leave the remainder {@code number} when divided by {@code of}.
   *
   * @param made how many of them were made before
   */
  record Slice(int number, int of, long made) implements Split {
    @Override
    public String id() {
      return number + "/" + of;
    }

    @Override
    public Map<String, String> saved() {
      return Map.of(
          "number", Integer.toString(number),
          "of", Integer.toString(of),
          "made", Long.toString(made));
    }
  }

  @Override
  public Split split(Map<String, String> saved) {
    return new Slice(
        Integer.parseInt(saved.get("number")),
        Integer.parseInt(saved.get("of")),
        Long.parseLong(saved.get("made")));
  }

  @Override
  public boolean bounded() {
    return rows != ENDLESS;
  }

  @Override
  public SplitEnumerator enumerator() {
    return new SplitEnumerator() {
      private int slices;
      private boolean restored;

      @Override
      public void open(int readers) {
        slices = readers;
      }

      @Override
      public Assignment assignment() {
        return Assignment.EAGER;
      }

      /** Slices stay as they were cut, however many readers there are now. */
      @Override
      public void restore(List<Split> known) {
        restored = !known.isEmpty();
      }

      @Override
      public List<Split> discover() {
        List<Split> found = new ArrayList<>();
        for (int i = 0; i < slices && !restored; i++) {
          found.add(new Slice(i, slices, 0));
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
