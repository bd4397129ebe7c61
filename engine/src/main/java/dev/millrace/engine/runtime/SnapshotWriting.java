package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotWriter;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.error.MillraceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  private final JobConfig config;
  private final Map<Integer, String> nodes;

  /** What the last snapshot has of each instance. */
  private Map<Instance, InstanceParts> stored = Map.of();

  private record Instance(int node, int subtask) {}

  SnapshotWriting(Dataflow dataflow, JobConfig config) {
    this.config = config;
    this.nodes = nodes(dataflow);
  }

  /** What is known of each node by its position: what it is, and a hash of all it does. */
  static Map<Integer, String> nodes(Dataflow dataflow) {
    Map<Integer, String> nodes = new TreeMap<>();
    for (Node node : dataflow.nodes()) {
      String name = node.name().replaceFirst("\\[\\d+]$", "");
      nodes.put(
          dataflow.position(node),
          name + " (" + Integer.toHexString(node.description().hashCode()) + ")");
    }
    return nodes;
  }

  /** Returns the bytes written. */
  long write(long epoch, boolean first, List<SavedPart> parts) throws Failed {
    try {
      SnapshotWriter writer = config.checkpointing().store().begin(epoch);
      try {
        Map<Instance, InstanceParts> written = new HashMap<>();
        for (SavedPart part : parts) {
          Instance instance = new Instance(part.node(), part.subtask());
          InstanceParts before = stored.getOrDefault(instance, InstanceParts.NONE);
          written.put(instance, before.with(part, writer));
        }
        writer.publish(info(epoch, first));
        stored = written;
        return written.values().stream().mapToLong(InstanceParts::written).sum();
      } catch (RuntimeException e) {
        writer.abort();
        throw e;
      }
    } catch (MillraceException e) {
      throw new Failed(e.getMessage(), e);
    }
  }

  private SnapshotInfo info(long epoch, boolean first) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(RUN, config.checkpointing().run());
    if (first) {
      properties.put(FIRST, "true");
    }
    return new SnapshotInfo(epoch, config.clock().millis(), config.name(), properties, nodes);
  }
}
