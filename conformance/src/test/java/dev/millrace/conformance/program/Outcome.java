package dev.millrace.conformance.program;

import java.util.List;

/**
 * How a program fared on the native engine.
 *
 * @param details why it falls back, or how it differs
 */
record Outcome(Verdict verdict, List<String> details) {
  enum Verdict {
    /** Runs natively, with the expected result; or fails as expected. */
    NATIVE,
    FALLS_BACK,
    DIFFERS
  }

  static Outcome agrees() {
    return new Outcome(Verdict.NATIVE, List.of());
  }

  /** With the result that Flink has for the SQL now, if not with the expected one. */
  static Outcome agreesWithFlink() {
    return new Outcome(
        Verdict.NATIVE,
        List.of("as Flink itself comes to now; the program expects what an older plan does"));
  }

  static Outcome fallsBack(List<String> reasons) {
    return new Outcome(Verdict.FALLS_BACK, reasons.stream().distinct().toList());
  }

  static Outcome differs(String how) {
    return new Outcome(Verdict.DIFFERS, List.of(how));
  }

  boolean isNative() {
    return verdict == Verdict.NATIVE;
  }
}
