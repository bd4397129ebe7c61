package dev.millrace.plan.document;

import dev.millrace.engine.deadletter.ErrorMode;
import dev.millrace.engine.option.Option;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a session says about rows that cannot be processed.
 *
 * <p>{@code millrace.errors} is the mode of the job, {@code millrace.errors.table} names the
 * dead-letter table, and {@code millrace.errors.NAME} is the mode at the table of that name. Unless
 * it is said, the job's mode is {@code dead-letter} if there is a dead-letter table, and {@code
 * fail} if there is none: without one, nothing would be left of a row but a number.
 */
public final class ErrorSettings {
  /** The mode of the job. */
  public static final String MODE = "millrace.errors";

  /** Begins the names of the others. */
  public static final String PREFIX = MODE + ".";

  private static final String TABLE_KEY = "table";

  /** The name of the dead-letter table. */
  public static final String TABLE = PREFIX + TABLE_KEY;

  private final ErrorMode ofJob;
  private final String table;
  private final Map<String, ErrorMode> ofTables = new TreeMap<>();

  ErrorSettings(PlanSettings settings) {
    table = settings.get(TABLE, null);
    ErrorMode byDefault = table == null ? ErrorMode.FAIL : ErrorMode.DEAD_LETTER;
    ofJob = settings.get(mode(MODE, byDefault));
    for (String name : settings.prefixed(PREFIX).keySet()) {
      if (!name.equals(TABLE_KEY)) {
        ofTables.put(name, settings.get(mode(PREFIX + name, ofJob)));
      }
    }
  }

  private static Option<ErrorMode> mode(String name, ErrorMode byDefault) {
    return Option.choice(name, ErrorMode.class, byDefault);
  }

  public ErrorMode ofJob() {
    return ofJob;
  }

  /** The modes of tables, by the names that the user has called them by. */
  public Map<String, ErrorMode> ofTables() {
    return ofTables;
  }

  /** The name of the dead-letter table as the user wrote it, or null. */
  public String table() {
    return table;
  }

  /** Whether any row may go to the dead-letter table. */
  public boolean sendLetters() {
    return ofJob == ErrorMode.DEAD_LETTER || ofTables.containsValue(ErrorMode.DEAD_LETTER);
  }
}
