package dev.millrace.benchmarks.nexmark;

import dev.millrace.benchmarks.nexmark.NexmarkEvent.Text;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.text.Dates;
import dev.millrace.engine.text.Numbers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes events as JSON lines with the columns of the Nexmark table. Not thread-safe. */
public final class NexmarkJson {
  private static final int BUFFER_BYTES = 1 << 20;

  private final ByteHeap out = new ByteHeap(BUFFER_BYTES + 4096);
  private NexmarkEvent event;

  /** Writes the configured number of events to a file, which appears when it is complete. */
  public static void write(NexmarkConfig config, Path file) throws IOException {
    Path incomplete = file.resolveSibling("." + file.getFileName() + ".incomplete");
    NexmarkGenerator generator = new NexmarkGenerator(config);
    NexmarkJson json = new NexmarkJson();
    try (OutputStream stream = Files.newOutputStream(incomplete)) {
      for (long n = 0; n < config.events(); n++) {
        json.append(generator.generate(n));
        if (json.out.length() >= BUFFER_BYTES) {
          json.flush(stream);
        }
      }
      json.flush(stream);
    }
    Files.move(incomplete, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void flush(OutputStream stream) throws IOException {
    stream.write(out.data(), 0, out.length());
    out.truncate(0);
  }

  private void append(NexmarkEvent next) {
    event = next;
    raw("{\"event_type\":");
    number(event.type);
    switch (event.type) {
      case NexmarkEvent.PERSON -> person();
      case NexmarkEvent.AUCTION -> auction();
      default -> bid();
    }
    raw("}\n");
  }

  private void person() {
    raw(",\"person\":{\"id\":");
    number(event.id);
    text("name", event.name);
    text("emailAddress", event.emailAddress);
    text("creditCard", event.creditCard);
    text("city", event.city);
    text("state", event.state);
    end();
  }

  private void auction() {
    raw(",\"auction\":{\"id\":");
    number(event.id);
    text("itemName", event.itemName);
    text("description", event.description);
    number("initialBid", event.initialBid);
    number("reserve", event.reserve);
    time("expires", event.expires);
    number("seller", event.seller);
    number("category", event.category);
    end();
  }

  private void bid() {
    raw(",\"bid\":{\"auction\":");
    number(event.auction);
    number("bidder", event.bidder);
    number("price", event.price);
    text("channel", event.channel);
    text("url", event.url);
    end();
  }

  /** What every kind of event has. */
  private void end() {
    time("dateTime", event.dateTime);
    text("extra", event.extra);
    raw("}");
  }

  private void name(String name) {
    raw(",\"");
    raw(name);
    raw("\":");
  }

  private void number(String name, long value) {
    name(name);
    number(value);
  }

  /** The generator's texts hold nothing that JSON wants escaped. */
  private void text(String name, Text text) {
    name(name);
    out.append((byte) '"');
    out.append(event.texts.data(), text.start, text.length);
    out.append((byte) '"');
  }

  private void time(String name, long millis) {
    name(name);
    out.append((byte) '"');
    Dates.appendTimestamp(out, millis, 0, 3);
    out.append((byte) '"');
  }

  private void number(long value) {
    Numbers.append(out, value);
  }

  private void raw(String ascii) {
    out.append(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
