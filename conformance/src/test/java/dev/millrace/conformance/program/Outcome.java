package dev.millrace.conformance.program;

import java.util.List;

/**
 * How a program fared on the native engine.
 *
 * @param restored where it was restored at another parallelism; null unless it is native and runs
 * @param details why it falls back, or how it differs
 */
record Outcome(Verdict verdict, Restored restored, List<String> details) {
  enum Verdict {
    /** Runs natively, with the expected result; or fails as expected. */
    NATIVE,
    FALLS_BACK,
    DIFFERS
  }

  static Outcome agrees(Restored restored) {
    return new Outcome(Verdict.NATIVE, restored, List.of());
  }

  /** With the result that Flink has for the SQL now, if not with the expected one. */
  static Outcome agreesWithFlink(Restored restored) {
    return new Outcome(
        Verdict.NATIVE,
        restored,
        List.of("as Flink itself comes to now; the program expects what an older plan does"));
  }

  /** A program that must fail. */
  static Outcome failsAsExpected() {
    return new Outcome(Verdict.NATIVE, null, List.of());
  }

  static Outcome fallsBack(List<String> reasons) {
    return new Outcome(Verdict.FALLS_BACK, null, reasons.stream().distinct().toList());
  }

  static Outcome differs(String how) {
    return new Outcome(Verdict.DIFFERS, null, List.of(how));
  }
}
