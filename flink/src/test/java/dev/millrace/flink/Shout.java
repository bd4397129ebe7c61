package dev.millrace.flink;

import java.util.Locale;
import org.apache.flink.table.functions.ScalarFunction;

/** A user function for tests. */
public class Shout extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public String eval(String text) {
    return text == null ? null : text.toUpperCase(Locale.ROOT) + "!";
  }
}
