package dev.millrace.connectors.kafka;

/** Where reading starts; values of {@code scan.startup.mode}. */
enum StartupMode {
  EARLIEST_OFFSET,
  LATEST_OFFSET,
  GROUP_OFFSETS,
  TIMESTAMP,
  SPECIFIC_OFFSETS
}
