package dev.millrace.conformance.program;

import dev.millrace.conformance.program.Outcome.Verdict;
import dev.millrace.conformance.program.Programs.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code docs/conformance.md}. */
final class ConformancePage {
  private static final String INTRODUCTION =
      """
      # Flink's own semantic tests, run natively

      Flink tests its SQL with programs: constants of type `TableTestProgram` in its test jars, each with
      source tables and their rows, settings, functions, SQL, and the rows that its sinks must hold. Every one
      of Flink 2.3.0 is run here on the native engine, with Flink's planner in front of it as ever.

      * **native**: the whole program runs natively, and the sinks hold what Flink expects after the changelog has
        been folded (by the sink's primary key, if it has one). A program that must fail, fails with the expected
        message. A few programs expect what a plan comes to that an older planner made of them; if the result is
        another one, Flink runs the program too, and must agree.
      * **falls back**: the native engine refuses the program, for the reasons given. Unless `--engine native` is
        asked for, such a query runs on embedded Flink. *Not SQL* are programs in the Table API that Flink itself
        cannot write as SQL. What Flink's planner refuses is for its batch mode.
      * **differs**: it runs, and the sinks hold something else. There must be none.

      A program runs in simulation: on one thread, under a clock of its own, in several orders that seeds decide.
      Rows arrive one per batch, so that a watermark follows each of them; where there are several sources, each
      gives its next row once the ones before are dealt with, as Flink's operators take their inputs by turns. A
      program that Flink interrupts with a savepoint reads the rows before it; then what its operators keep is
      restored into a new job, thirty days later, which reads the rest. What the sinks hold in the end is compared.

      Each native program also runs with kills: at parallelism 1, 2 or 3 it takes checkpoints between any two rows and
      is killed once or twice, at rows that a seed decides, before its savepoint if it has one. A dataflow made anew
      goes on from the stored checkpoint at another parallelism. Sinks are exactly-once: they get what was committed
      before a kill and what comes after, and must hold the same in the end. At a savepoint the parallelism changes
      again.

      This page is written by `ProgramsTest`; `./mvnw verify` fails when it is out of date, and when a program
      that is native in `conformance/src/test/resources/programs/native.txt` no longer is. To write both anew:
      `./mvnw -pl conformance -am test -Dtest=ProgramsTest -Dsurefire.failIfNoSpecifiedTests=false
      -Dmillrace.conformance.write=true`.
      """;

  private ConformancePage() {}

  static String text(Map<Named, Outcome> outcomes) {
    Map<String, Map<Named, Outcome>> suites = new LinkedHashMap<>();
    outcomes.forEach(
        (program, outcome) ->
            suites
                .computeIfAbsent(program.suite(), suite -> new LinkedHashMap<>())
                .put(program, outcome));
    List<String> lines = new ArrayList<>();
    lines.add("| programs | native | falls back | differs |");
    lines.add("| --- | --: | --: | --: |");
    lines.add(counts("**all**", outcomes));
    suites.forEach(
        (suite, programs) ->
            lines.add(counts("[%s](#%s)".formatted(suite, anchor(suite)), programs)));
    lines.addAll(List.of("", "Restored at another parallelism: " + restored(outcomes)));
    suites.forEach((suite, programs) -> addSuite(suite, programs, lines));
    return INTRODUCTION + "\n" + String.join("\n", lines) + "\n";
  }

  /** In one line, how many programs were restored where. */
  static String restored(Map<Named, Outcome> outcomes) {
    return "%d programs in the middle of their input, %d at their savepoint only, %d not, as they read fewer than two rows."
        .formatted(
            count(outcomes, Restored.IN_THE_MIDDLE),
            count(outcomes, Restored.AT_SAVEPOINT),
            count(outcomes, Restored.NOWHERE));
  }

  private static long count(Map<Named, Outcome> outcomes, Restored where) {
    return outcomes.values().stream().filter(outcome -> outcome.restored() == where).count();
  }

  private static String anchor(String suite) {
    return suite.toLowerCase(java.util.Locale.ROOT);
  }

  private static String counts(String name, Map<Named, Outcome> outcomes) {
    StringBuilder line = new StringBuilder("| " + name);
    for (Verdict verdict : Verdict.values()) {
      long count =
          outcomes.values().stream().filter(outcome -> outcome.verdict() == verdict).count();
      line.append(" | ").append(count);
    }
    return line + " |";
  }

  private static void addSuite(String suite, Map<Named, Outcome> programs, List<String> lines) {
    lines.addAll(List.of("", "## " + suite, "", "| program | | why |", "| --- | --- | --- |"));
    programs.forEach(
        (program, outcome) ->
            lines.add(
                "| %s | %s | %s |"
                    .formatted(program.name(), word(outcome.verdict()), details(outcome))));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case NATIVE -> "native";
      case FALLS_BACK -> "falls back";
      case DIFFERS -> "**differs**";
    };
  }

  private static String details(Outcome outcome) {
    List<String> details = new ArrayList<>(Reasons.shortened(outcome.details()));
    if (outcome.restored() == Restored.NOWHERE) {
      details.add("not restored: reads fewer than two rows");
    } else if (outcome.restored() == Restored.AT_SAVEPOINT) {
      details.add("restored at its savepoint only: fewer than two rows before it");
    }
    return String.join("; ", details).replace("|", "\\|");
  }
}
