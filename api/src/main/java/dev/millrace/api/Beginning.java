package dev.millrace.api;

import dev.millrace.engine.checkpoint.SnapshotFinder;
import dev.millrace.engine.checkpoint.StoredSnapshot;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.Origin;
import dev.millrace.engine.runtime.StateReport;

/**
 * With what state jobs begin.
 *
 * @param resume whether with that of their newest checkpoint
 * @param from the savepoint or checkpoint to begin with, a path or URI; null for none
 * @param allowStateLoss whether what no step of the script goes on with is dropped
 */
record Beginning(boolean resume, String from, boolean allowStateLoss) {
  static final Beginning ANEW = new Beginning(false, null, false);

  Beginning {
    if (resume && from != null) {
      throw MillraceException.usage(
          "A job either resumes from its own checkpoints or starts from another one, not both.");
    }
  }

  /** Whether there is state to begin with. */
  boolean hasState() {
    return resume || from != null;
  }

  /** {@code options} are those of the session. */
  Job start(Dataflow dataflow, JobConfig config, Options options) {
    if (resume) {
      return Job.resume(dataflow, config, new Origin(null, allowStateLoss));
    }
    return from == null
        ? Job.start(dataflow, config)
        : Job.start(dataflow, config, new Origin(snapshot(options), allowStateLoss));
  }

  /** What would become of the state; {@code options} are those of the session. */
  StateReport report(Dataflow dataflow, JobConfig config, Options options) {
    return StateReport.of(snapshot(options), dataflow, config);
  }

  private StoredSnapshot snapshot(Options options) {
    return SnapshotFinder.find(from, options);
  }
}
