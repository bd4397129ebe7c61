package dev.millrace.engine.runtime;

import dev.millrace.engine.metrics.Metrics;

/** What all tasks of one job share. */
record JobServices(JobConfig config, Metrics metrics, Waker waker) {}
