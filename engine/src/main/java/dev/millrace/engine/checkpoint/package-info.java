/**
 * The durable form of a job's snapshots: rows as bytes ({@link
 * dev.millrace.engine.checkpoint.BatchCodec}), bytes as files that show every damage ({@link
 * dev.millrace.engine.checkpoint.SnapshotFormat}), files as snapshots of which the newest good one
 * is found again ({@link dev.millrace.engine.checkpoint.SnapshotStore}), on a local disk or
 * elsewhere ({@link dev.millrace.engine.checkpoint.BlobStore}).
 */
package dev.millrace.engine.checkpoint;
