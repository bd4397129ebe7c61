package dev.millrace.connectors.kafka;

/** Where reading ends; values of {@code scan.bounded.mode}. */
enum BoundedMode {
  UNBOUNDED,
  LATEST_OFFSET,
  GROUP_OFFSETS,
  TIMESTAMP,
  SPECIFIC_OFFSETS
}
