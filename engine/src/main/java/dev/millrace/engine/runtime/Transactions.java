package dev.millrace.engine.runtime;

import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.TransactionalSystem;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node.SinkNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The transactions of a job's sinks, one of each system. The first system decides whether an epoch
 * counts: it commits first. The rows for the others stand in the snapshot, so that they can be
 * written again if the job dies before they have committed, too.
 */
final class Transactions implements AutoCloseable {
  private final Map<TransactionalSystem, EpochTransactions> systems = new LinkedHashMap<>();

  private Transactions() {}

  static Transactions open(Dataflow dataflow, JobConfig config) {
    String run = config.checkpointing() == null ? "" : config.checkpointing().run();
    return open(dataflow, config.name(), run);
  }

  static Transactions open(Dataflow dataflow, String job, String run) {
    Transactions opened = new Transactions();
    try {
      for (TransactionalSystem system : systems(dataflow)) {
        opened.systems.put(system, system.open(job, run));
      }
      return opened;
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  boolean isEmpty() {
    return systems.isEmpty();
  }

  /** Those of a sink, or null. */
  EpochTransactions of(Sink sink) {
    return sink.system() == null ? null : systems.get(sink.system());
  }

  /** Whether a sink's rows must stand in the snapshot. */
  boolean logged(Sink sink) {
    return sink.system() != null && !sink.system().equals(systems.keySet().iterator().next());
  }

  /** The last epoch that each system has committed, the deciding one first. */
  Map<TransactionalSystem, Long> recover() {
    Map<TransactionalSystem, Long> committed = new LinkedHashMap<>();
    systems.forEach((system, transactions) -> committed.put(system, transactions.recover()));
    return committed;
  }

  EpochTransactions of(TransactionalSystem system) {
    return systems.get(system);
  }

  void begin(long epoch) {
    systems.values().forEach(transactions -> transactions.begin(epoch));
  }

  void commit(long epoch) {
    systems.values().forEach(transactions -> transactions.commit(epoch));
  }

  /** Closes all, even if closing one fails; throws the first failure. */
  @Override
  public void close() {
    Closing.all(new ArrayList<>(systems.values()), EpochTransactions::close);
  }

  /** The systems that a job's sinks write to, in the order in which they commit. */
  static Set<TransactionalSystem> systems(Dataflow dataflow) {
    Set<TransactionalSystem> systems = new LinkedHashSet<>();
    for (SinkNode sink : dataflow.sinks()) {
      if (sink.sink().system() != null) {
        systems.add(sink.sink().system());
      }
    }
    return systems;
  }

  /** The sinks that write to a system. */
  static List<SinkNode> sinks(Dataflow dataflow, TransactionalSystem system) {
    return dataflow.sinks().stream().filter(sink -> system.equals(sink.sink().system())).toList();
  }
}
