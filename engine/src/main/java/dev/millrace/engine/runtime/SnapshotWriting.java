package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.checkpoint.SnapshotWriter;
import dev.millrace.engine.connector.TransactionalSystem;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.error.MillraceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Stores what the tasks of a job kept. Parts that are still right are not written again: they
 * belong to several snapshots. Not thread-safe.
 */
final class SnapshotWriting {
  /** The snapshot could not be stored; the message says why. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The property that names the run. */
  static final String RUN = "run";

  /** The property of a run's first snapshot, which was taken before any row was read. */
  static final String FIRST = "first";

  /** The property of a savepoint: all results before it are outside. */
  static final String SAVEPOINT = "savepoint";

  /** The property that names the systems with transactions, in the order in which they commit. */
  static final String SYSTEMS = "systems";

  private final JobConfig config;
  private final Map<Integer, String> nodes = new TreeMap<>();
  private final String systems;

  /** What the last snapshot has of each instance. */
  private Map<Instance, InstanceParts> stored = Map.of();

  private record Instance(int node, int subtask) {}

  SnapshotWriting(Dataflow dataflow, JobConfig config) {
    this.config = config;
    for (Node node : dataflow.nodes()) {
      nodes.put(dataflow.position(node), NodeLabel.of(dataflow, node).text());
    }
    this.systems = systems(dataflow);
  }

  /** The value of {@link #SYSTEMS}. */
  static String systems(Dataflow dataflow) {
    return Transactions.systems(dataflow).stream()
        .map(TransactionalSystem::name)
        .collect(Collectors.joining(", "));
  }

  /** Writes a checkpoint and returns its bytes. */
  long write(long epoch, boolean first, List<SavedPart> parts) throws Failed {
    SnapshotStore store = config.checkpointing().store();
    stored = write(store, info(epoch, first ? FIRST : null), stored, parts);
    return stored.values().stream().mapToLong(InstanceParts::written).sum();
  }

  /** Writes a savepoint. */
  void writeSavepoint(SnapshotStore target, long epoch, List<SavedPart> parts) throws Failed {
    write(target, info(epoch, SAVEPOINT), Map.of(), parts);
  }

  /** Returns what is there now of each instance, of which {@code before} was there. */
  private static Map<Instance, InstanceParts> write(
      SnapshotStore store,
      SnapshotInfo info,
      Map<Instance, InstanceParts> before,
      List<SavedPart> parts)
      throws Failed {
    try {
      SnapshotWriter writer = store.begin(info.epoch());
      try {
        Map<Instance, InstanceParts> written = new HashMap<>();
        for (SavedPart part : parts) {
          Instance instance = new Instance(part.node(), part.subtask());
          InstanceParts last = before.getOrDefault(instance, InstanceParts.NONE);
          written.put(instance, last.with(part, writer));
        }
        writer.publish(info);
        return written;
      } catch (RuntimeException e) {
        writer.abort();
        throw e;
      }
    } catch (MillraceException e) {
      throw new Failed(e.getMessage(), e);
    }
  }

  /** {@code kind} is a property of what is not a plain checkpoint, or null. */
  private SnapshotInfo info(long epoch, String kind) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(RUN, config.checkpointing().run());
    properties.put(SYSTEMS, systems);
    if (kind != null) {
      properties.put(kind, "true");
    }
    return new SnapshotInfo(epoch, config.clock().millis(), config.name(), properties, nodes);
  }
}
