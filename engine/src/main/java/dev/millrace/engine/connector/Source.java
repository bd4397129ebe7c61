package dev.millrace.engine.connector;

import java.util.Map;

/**
 * Where rows come from: a description of an external table, from which the runtime makes one
 * enumerator and one reader per parallel instance. Immutable.
 */
public interface Source {
  /** Whether the input ends by itself. */
  boolean bounded();

  /** Finds the splits; made once per job. */
  SplitEnumerator enumerator();

  /** The split that was saved as this, by {@link Split#saved}, from a table with these options. */
  Split split(Map<String, String> saved);

  /** Reads splits; made once per parallel instance. */
  SourceReader reader(SourceContext context);

  /** The parallelism that the table asks for, or 0 for the job's. */
  default int parallelism() {
    return 0;
  }
}
