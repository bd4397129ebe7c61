package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.DamagedSnapshotException;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.checkpoint.StoredSnapshot;
import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.connector.TransactionalSystem;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where a job goes on, and brings the systems that its sinks write to to the same epoch.
 *
 * <p>The deciding system says which epoch counts: its snapshot is taken. Another system may be one
 * epoch behind, as it commits later; the rows that it lacks stand in the snapshot.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Dataflow dataflow;
  private final JobServices services;
  private final Checkpointing checkpointing;

  Recovery(Dataflow dataflow, JobServices services) {
    this.dataflow = dataflow;
    this.services = services;
    this.checkpointing = services.config().checkpointing();
  }

  /** The run that the newest good snapshot is of, if there is one. */
  static Optional<String> run(SnapshotStore store) {
    for (long epoch : store.epochs()) {
      try {
        return Optional.of(store.info(epoch).properties().get(SnapshotWriting.RUN));
      } catch (DamagedSnapshotException e) {
        LOG.warn("{}; the one before is looked at.", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Has the systems outside hold all results of the checkpoint that a job is to begin with. Another
   * run has taken it, so this comes before the job's own transactions are opened.
   */
  static void settle(Dataflow dataflow, JobConfig config, Origin origin) {
    StoredSnapshot snapshot = origin.snapshot();
    if (snapshot == null || snapshot.info().properties().containsKey(SnapshotWriting.SAVEPOINT)) {
      return;
    }
    String run = snapshot.info().properties().getOrDefault(SnapshotWriting.RUN, "");
    try (Transactions ofThatRun = Transactions.open(dataflow, snapshot.info().job(), run)) {
      JobServices services =
          new JobServices(
              config,
              new Metrics(),
              () -> {},
              ofThatRun,
              StateMemory.of(config),
              JobSnapshot.NONE.epoch());
      new Recovery(dataflow, services).settle(origin);
    }
  }

  private void settle(Origin origin) {
    StoredSnapshot stored = origin.snapshot();
    requireSameSystems(stored);
    StateReport report = report(stored, origin);
    JobSnapshot snapshot = load(stored, report);
    Map<TransactionalSystem, Long> committed = services.transactions().recover();
    boolean first = isFirst(stored);
    boolean forgotten =
        !first && committed.values().stream().allMatch(epoch -> epoch == EpochTransactions.NONE);
    if (!committed.isEmpty() && forgotten) {
      LOG.warn(
          "Whether the results of {} are complete is not known, since '{}' has begun anew after it.",
          stored.describe(),
          services.config().name());
    } else if (!committed.isEmpty()) {
      Map.Entry<TransactionalSystem, Long> decider = committed.entrySet().iterator().next();
      if (decider.getValue() < snapshot.epoch() && !first) {
        throw MillraceException.usage(
            "%s does not count: %s has not committed its results. Name the checkpoint before it."
                .formatted(stored.describe(), decider.getKey().name()));
      }
      committed.forEach((system, epoch) -> catchUp(system, epoch, snapshot, first));
    }
    snapshot.publish(dataflow);
  }

  /** Begins a new run, after whatever earlier runs have left. */
  JobStart begin(Origin origin) {
    if (checkpointing != null) {
      checkpointing.store().sweep();
    }
    services.transactions().recover();
    return beginning(origin);
  }

  /** With numbers of epochs that are not in use. */
  private JobStart beginning(Origin origin) {
    List<Long> epochs = checkpointing == null ? List.of() : checkpointing.store().epochs();
    long newest = epochs.isEmpty() ? 0 : epochs.get(0);
    StoredSnapshot stored = origin.snapshot();
    if (stored == null) {
      return JobStart.fresh(newest);
    }
    StateReport report = report(stored, origin);
    log(report, stored);
    JobSnapshot snapshot = load(stored, report);
    LOG.info(
        "'{}' starts from {}, taken at {}. What the job wrote after that is written again.",
        services.config().name(),
        stored.describe(),
        Instant.ofEpochMilli(stored.info().timeMillis()));
    return JobStart.from(snapshot, Math.max(newest, snapshot.epoch()));
  }

  /** Goes on from the newest epoch of this run that counts; begins a run if there is none. */
  JobStart resume(Origin origin) {
    checkpointing.store().sweep();
    Map<TransactionalSystem, Long> committed = services.transactions().recover();
    Optional<StoredSnapshot> found = newest(committed);
    if (found.isEmpty()) {
      return beginning(origin);
    }
    StateReport report = report(found.get(), origin);
    if (!report.isUnchanged()) {
      log(report, found.get());
    }
    JobSnapshot snapshot = load(found.get(), report);
    boolean first = isFirst(found.get());
    committed.forEach((system, epoch) -> catchUp(system, epoch, snapshot, first));
    snapshot.publish(dataflow);
    LOG.info("'{}' goes on from checkpoint {}.", services.config().name(), snapshot.epoch());
    return JobStart.after(snapshot);
  }

  private StateReport report(StoredSnapshot stored, Origin origin) {
    StateReport report = StateReport.of(stored, dataflow, services);
    report.requireNoLoss(stored, origin.allowStateLoss());
    return report;
  }

  private static void log(StateReport report, StoredSnapshot of) {
    LOG.info("What becomes of the state of {}:", of.describe());
    report.lines().forEach(line -> LOG.info("  {}", line));
  }

  private JobSnapshot load(StoredSnapshot stored, StateReport report) {
    return JobSnapshot.of(stored, report.kept(), dataflow, services);
  }

  /** The first of them decides which epoch counts: it must be the one that did then. */
  private void requireSameSystems(StoredSnapshot stored) {
    String then = stored.info().properties().get(SnapshotWriting.SYSTEMS);
    String now = SnapshotWriting.systems(dataflow);
    if (then != null && !then.equals(now)) {
      throw MillraceException.usage(
          ("When %s was taken, '%s' wrote exactly once to [%s]; its script now says [%s]. Only with a"
                  + " savepoint of the old script can it go on: end that one by 'millrace savepoint"
                  + " --stop', and start this one by 'run --from'.")
              .formatted(stored.describe(), services.config().name(), then, now));
    }
  }

  private Optional<StoredSnapshot> newest(Map<TransactionalSystem, Long> committed) {
    boolean damaged = false;
    for (long epoch : checkpointing.store().epochs()) {
      try {
        StoredSnapshot snapshot = checkpointing.store().open(epoch);
        if (!checkpointing.run().equals(snapshot.info().properties().get(SnapshotWriting.RUN))) {
          break;
        }
        requireSameSystems(snapshot);
        if (counts(snapshot, committed)) {
          return Optional.of(snapshot);
        }
        // Its number is used again.
        checkpointing.store().delete(epoch);
      } catch (DamagedSnapshotException e) {
        LOG.warn("{}; the one before is used.", e.getMessage());
        damaged = true;
      }
    }
    if (damaged) {
      throw MillraceException.job(
          "'%s' has checkpoints in %s, but none that is readable. Start it anew, without --resume."
              .formatted(services.config().name(), checkpointing.store().describe()));
    }
    for (Map.Entry<TransactionalSystem, Long> decider : committed.entrySet()) {
      if (decider.getValue() != EpochTransactions.NONE) {
        throw lost(decider.getKey(), decider.getValue());
      }
    }
    return Optional.empty();
  }

  private boolean counts(StoredSnapshot snapshot, Map<TransactionalSystem, Long> committed) {
    if (committed.isEmpty()) {
      return true;
    }
    Map.Entry<TransactionalSystem, Long> decider = committed.entrySet().iterator().next();
    long epoch = snapshot.info().epoch();
    if (epoch == decider.getValue() || (isFirst(snapshot) && decider.getValue() < epoch)) {
      return true;
    }
    if (epoch < decider.getValue()) {
      throw lost(decider.getKey(), decider.getValue());
    }
    LOG.info(
        "Checkpoint {} does not count: {} has not committed it.", epoch, decider.getKey().name());
    return false;
  }

  private MillraceException lost(TransactionalSystem system, long epoch) {
    return MillraceException.job(
        ("%s holds the results of '%s' up to checkpoint %d, which is not (or no longer readable) in"
                + " %s: going on from an older one would write results twice. Bring it back, or"
                + " start anew, without --resume.")
            .formatted(
                system.name(), services.config().name(), epoch, checkpointing.store().describe()));
  }

  /** Before the first epoch ends nothing is read: it has no rows. */
  private static boolean isFirst(StoredSnapshot snapshot) {
    return snapshot.info().properties().containsKey(SnapshotWriting.FIRST);
  }

  private void catchUp(
      TransactionalSystem system, long committed, JobSnapshot snapshot, boolean first) {
    if (committed == snapshot.epoch()) {
      return;
    }
    if (committed != snapshot.epoch() - 1 && !first) {
      throw MillraceException.job(
          "%s has committed checkpoint %d of '%s', others checkpoint %d: they do not belong together."
              .formatted(system.name(), committed, services.config().name(), snapshot.epoch()));
    }
    EpochTransactions transactions = services.transactions().of(system);
    transactions.begin(snapshot.epoch());
    for (SinkNode sink : Transactions.sinks(dataflow, system)) {
      write(sink, snapshot.sinkRows(dataflow.position(sink)), snapshot.epoch(), transactions);
    }
    transactions.commit(snapshot.epoch());
  }

  private void write(SinkNode sink, List<Batch> rows, long epoch, EpochTransactions transactions) {
    InstanceContext context =
        InstanceContext.of(sink.name(), 0, 1, services.from(epoch))
            .withTransactions(transactions)
            .withErrors(RowErrors.REPORTED);
    try (SinkWriter writer = sink.sink().writer(context)) {
      rows.forEach(writer::write);
      writer.finish();
      writer.endEpoch();
    }
  }
}
