package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.connector.TransactionalSystem;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A transactional system that outlives the simulated process. Who opens it shuts others out. */
final class SimulatedLedger implements TransactionalSystem {
  private final String name;
  private final Killed.Chance kill;
  private final List<List<Object>> committed = new ArrayList<>();
  private long committedEpoch;
  private String committedRun;
  private Session session;

  SimulatedLedger(String name, Killed.Chance kill) {
    this.name = name;
    this.kill = kill;
  }

  /** The rows that readers see, in the order in which they became visible. */
  List<List<Object>> rows() {
    return committed;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public EpochTransactions open(String job, String run) {
    return new Session(run);
  }

  private final class Session implements EpochTransactions {
    private final String run;
    private final Map<Long, List<List<Object>>> open = new HashMap<>();

    Session(String run) {
      this.run = run;
    }

    @Override
    public synchronized long recover() {
      session = this;
      return committed();
    }

    private long committed() {
      return run.equals(committedRun) ? committedEpoch : NONE;
    }

    @Override
    public synchronized void begin(long epoch) {
      if (open.put(epoch, new ArrayList<>()) != null || open.size() > 2) {
        throw new IllegalStateException("epoch " + epoch + " beside " + open.keySet());
      }
    }

    private synchronized void write(long epoch, List<Object> row) {
      open.get(epoch).add(row);
    }

    @Override
    public synchronized void commit(long epoch) {
      kill.maybe();
      if (session != this) {
        throw new IllegalStateException("shut out");
      }
      if (epoch <= committed()) {
        throw new IllegalStateException("epoch " + epoch + " after " + committedEpoch);
      }
      committed.addAll(open.remove(epoch));
      committedEpoch = epoch;
      committedRun = run;
      kill.maybe();
    }

    @Override
    public void close() {}
  }

  /** A table in the ledger. */
  Sink table(DataType row) {
    return new Sink() {
      @Override
      public TransactionalSystem system() {
        return SimulatedLedger.this;
      }

      @Override
      public boolean blocking() {
        return true;
      }

      @Override
      public SinkWriter writer(SinkContext context) {
        return new Writer(row, context);
      }
    };
  }

  private static final class Writer implements SinkWriter {
    private final DataType row;
    private final Session session;
    private long epoch;

    Writer(DataType row, SinkContext context) {
      this.row = row;
      this.session = (Session) context.transactions();
      this.epoch = context.firstEpoch();
    }

    @Override
    public void write(Batch batch) {
      for (int i = 0; i < batch.rowCount(); i++) {
        session.write(epoch, Values.row(batch, row, i));
      }
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
