package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.PartWriter;
import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotWriter;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.error.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stores what the tasks of a job kept. */
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
        long bytes = 0;
        for (SavedPart part : parts) {
          bytes += write(writer, part);
        }
        writer.publish(info(epoch, first));
        return bytes;
      } catch (RuntimeException e) {
        writer.abort();
        throw e;
      }
    } catch (MillraceException e) {
      throw new Failed(e.getMessage(), e);
    }
  }

  private static long write(SnapshotWriter writer, SavedPart part) {
    if (part.tables().stream().allMatch(table -> table.rows().isEmpty())) {
      return 0;
    }
    try (PartWriter out = writer.part(part.node(), part.subtask())) {
      for (SavedTable table : part.tables()) {
        out.table(table.info());
        table.rows().forEach(out::rows);
      }
      return out.bytes();
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
