package dev.millrace.connectors.kafka;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What a transaction says of itself, as the metadata of an offset that it commits: which epoch of
 * which run of the job its rows are.
 */
record EpochMark(String run, long epoch) {
  private static final Pattern TEXT = Pattern.compile("millrace run=(\\S+) epoch=(\\d+)");

  OffsetAndMetadata offset() {
    return new OffsetAndMetadata(epoch, "millrace run=%s epoch=%d".formatted(run, epoch));
  }

  static Optional<EpochMark> of(OffsetAndMetadata offset) {
    Matcher text = TEXT.matcher(offset.metadata());
    return text.matches()
        ? Optional.of(new EpochMark(text.group(1), Long.parseLong(text.group(2))))
        : Optional.empty();
  }
}
