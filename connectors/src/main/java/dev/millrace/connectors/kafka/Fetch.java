package dev.millrace.connectors.kafka;

import java.util.List;

/** What one poll brought, and the splits that it completed. */
record Fetch(List<FetchedBlock> blocks, List<KafkaSplit> finished) {
  boolean isEmpty() {
    return blocks.isEmpty() && finished.isEmpty();
  }

  long bytes() {
    return blocks.stream().mapToLong(FetchedBlock::bytes).sum();
  }
}
