package dev.millrace.plan.node;

import dev.millrace.engine.connector.ReplaySource;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.connector.ValuesSource;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import dev.millrace.plan.document.CompiledPlan;
import dev.millrace.plan.document.PlanNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Sends the letters about undecodable records of one table through a plan: they take the place of
 * what the table's source reads, and the other sources are empty.
 *
 * <p>So a result must depend on single rows alone. A plan that aggregates, joins or ranks is
 * refused: its state is with the job that runs, and without that the results would be others.
 *
 * @param table whose records are sent again
 * @param job that sent the letters
 * @param since letters sent before are left out; null for none
 */
public record Replay(String table, String job, Instant since) {
  /** Stands behind the name of the job, and the transactions' prefix, of a replay. */
  public static final String SUFFIX = "-replay";

  private static final String TRANSACTIONS = "sink.transactional-id-prefix";
  private static final Option<String> CONNECTOR = Option.text("connector");
  private static final Option<String> FORMAT = Option.text("format");
  private static final Option<String> VALUE_FORMAT = Option.text("value.format");

  /** Kinds of nodes that work row by row. */
  private static final Set<String> ROW_BY_ROW =
      Set.of(
          "stream-exec-table-source-scan",
          "stream-exec-calc",
          "stream-exec-watermark-assigner",
          "stream-exec-exchange",
          "stream-exec-union",
          "stream-exec-values",
          "stream-exec-expand",
          "stream-exec-drop-update-before",
          "stream-exec-sink");

  /** A user's error if the plan does not read the table, or has a state. */
  void check(CompiledPlan plan) {
    Set<String> read = new TreeSet<>();
    for (PlanNode node : plan.nodes()) {
      if (!ROW_BY_ROW.contains(node.type()) || node.get("requireUpsertMaterialize").asBoolean()) {
        throw MillraceException.usage(
            ("Letters cannot be replayed through %s: its state is with the job that runs, so the"
                    + " results would be others. Replay them through a script that writes the rows"
                    + " of '%s' to where this job reads.")
                .formatted(Names.words(node), table));
      }
      if (!node.get("scanTableSource").isMissingNode()) {
        read.add(TableSpec.read(node.get("scanTableSource").path("table")).name());
      }
    }
    if (!read.contains(table)) {
      throw MillraceException.usage(
          "The job reads no table '%s'%s".formatted(table, Nearest.hintOr(table, read)));
    }
  }

  /** What takes the place of a table's source. */
  Source source(SourceTable wanted, CompiledPlan plan, Translation translation) {
    if (!wanted.name().equals(table)) {
      return new ValuesSource(wanted.producedRow(), List.of());
    }
    Options options = wanted.options();
    if (!wanted.metadata().isEmpty() || options.has(Option.text("key.format"))) {
      throw MillraceException.usage(
          "The letters about %s cannot be replayed: it has metadata columns or a key, which are not in them."
              .formatted(options.owner()));
    }
    String role = options.has(VALUE_FORMAT) ? "value." : "";
    String format = options.require(role.isEmpty() ? FORMAT : VALUE_FORMAT);
    return new ReplaySource(
        letters(plan, translation),
        new ReplaySource.Wanted(job, table, since == null ? Long.MIN_VALUE : since.toEpochMilli()),
        wanted.decoding(format, role + format + "."),
        wanted.projectedRow());
  }

  private static Source letters(CompiledPlan plan, Translation translation) {
    TableSpec spec = Errors.letterTable(plan, translation.settings().errors());
    Options options = readingAll(spec.options());
    int columns = DeadLetters.ROW.children().size();
    SourceFactory factory = translation.connectors().source(options);
    Connectors.refuseUnknownOptions(factory.options(), options);
    Source source =
        factory.source(
            new SourceTable(
                spec.name(),
                spec.physical(),
                spec.primaryKey(),
                IntStream.range(0, columns).toArray(),
                Collections.nCopies(columns, FieldUse.ALL),
                List.of(),
                -1,
                options,
                translation.connectors().formats(),
                translation.settings().zone()));
    if (!source.bounded()) {
      throw MillraceException.usage(
          "The dead-letter %s never ends, so its letters cannot be replayed."
              .formatted(options.owner()));
    }
    return source;
  }

  /** The options of the dead-letter table with which all that is in it now is read. */
  private static Options readingAll(Options options) {
    if (!"kafka".equals(options.get(CONNECTOR))) {
      return options;
    }
    return options.with(
        Map.of(
            "scan.startup.mode",
            "earliest-offset",
            "scan.bounded.mode",
            "latest-offset",
            "properties.isolation.level",
            "read_committed"));
  }

  /** The options of a table to write: its transactions must not be those of the job that runs. */
  static Options apart(Options options) {
    Map<String, String> prefix = new TreeMap<>();
    options
        .find(Option.text(TRANSACTIONS))
        .ifPresent(own -> prefix.put(TRANSACTIONS, own + SUFFIX));
    return options.with(prefix);
  }
}
