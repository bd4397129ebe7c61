package dev.millrace.conformance.midway;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.connector.TransactionalSystem;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.SinkNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Makes the sinks of a job in simulation exactly-once: what is written waits for its epoch to be
 * committed before a sink gets it, and what a killed job has not committed never gets there. The
 * sinks outlive the jobs; those of a dataflow that goes on are the same as before, node by node.
 */
final class Ledger implements TransactionalSystem {
  private record Written(int table, Batch rows) {}

  private final Map<Integer, SinkWriter> tables = new HashMap<>();
  private Session session;
  private String lastRun = "";
  private long committed = EpochTransactions.NONE;

  /** The dataflow with its sinks behind this ledger. */
  Dataflow before(Dataflow dataflow) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : dataflow.nodes()) {
      nodes.add(
          node instanceof SinkNode sink
              ? new SinkNode(
                  sink.id(),
                  sink.name(),
                  sink.description(),
                  sink.input(),
                  new Table(dataflow.position(sink), sink.sink()))
              : node);
    }
    return new Dataflow(nodes);
  }

  /** The last epoch that counts. */
  long committed() {
    return committed;
  }

  /** Commits what is open, as the savepoint does that a job is stopped with. */
  void commitAll() {
    session.open.keySet().stream().toList().forEach(session::commit);
  }

  @Override
  public String name() {
    return "the ledger";
  }

  @Override
  public EpochTransactions open(String job, String run) {
    if (!run.equals(lastRun)) {
      lastRun = run;
      committed = EpochTransactions.NONE;
    }
    session = new Session();
    return session;
  }

  private final class Session implements EpochTransactions {
    private final NavigableMap<Long, List<Written>> open = new TreeMap<>();

    @Override
    public long recover() {
      return committed;
    }

    @Override
    public void begin(long epoch) {
      open.put(epoch, new ArrayList<>());
    }

    @Override
    public void commit(long epoch) {
      open.remove(epoch).forEach(written -> tables.get(written.table()).write(written.rows()));
      committed = epoch;
    }

    @Override
    public void close() {}
  }

  private final class Table implements Sink {
    private final int position;
    private final Sink sink;

    Table(int position, Sink sink) {
      this.position = position;
      this.sink = sink;
    }

    @Override
    public TransactionalSystem system() {
      return Ledger.this;
    }

    @Override
    public boolean blocking() {
      return sink.blocking();
    }

    @Override
    public int parallelism() {
      return sink.parallelism();
    }

    @Override
    public SinkWriter writer(SinkContext context) {
      tables.computeIfAbsent(position, table -> sink.writer(context));
      return new Writer(position, (Session) context.transactions(), context.firstEpoch());
    }
  }

  private static final class Writer implements SinkWriter {
    private final int table;
    private final Session session;
    private long epoch;

    Writer(int table, Session session, long epoch) {
      this.table = table;
      this.session = session;
      this.epoch = epoch;
    }

    @Override
    public void write(Batch batch) {
      session.open.get(epoch).add(new Written(table, batch));
    }

    @Override
    public List<String> endEpoch() {
      epoch++;
      return List.of();
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }
}
