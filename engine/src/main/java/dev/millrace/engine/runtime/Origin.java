package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.StoredSnapshot;

/**
 * What a job begins with as long as it has no checkpoint of its own.
 *
 * @param snapshot whose state it takes, at any parallelism, also of a job with other nodes; null to
 *     begin with nothing
 * @param allowStateLoss whether state that no node goes on with is dropped; else the job does not
 *     start. Holds for a checkpoint of its own, too
 */
public record Origin(StoredSnapshot snapshot, boolean allowStateLoss) {
  public static final Origin NOTHING = new Origin(null, false);
}
