package dev.millrace.api;

import dev.millrace.plan.node.Replay;
import java.time.Instant;

/**
 * Which dead letters a run sends through its script again, instead of what its sources have.
 *
 * @param table whose records they hold
 * @param job that sent them; null for the script's own
 * @param since letters sent before are left out; null for none
 */
record Replaying(String table, String job, Instant since) {
  Replay of(String scriptsJob) {
    return new Replay(table, job == null ? scriptsJob : job, since);
  }
}
