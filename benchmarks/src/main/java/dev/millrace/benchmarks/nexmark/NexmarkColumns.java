package dev.millrace.benchmarks.nexmark;

import dev.millrace.benchmarks.nexmark.NexmarkEvent.Text;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The columns of the Nexmark table and where in an event their values are. */
final class NexmarkColumns {
  /** A field of one of the nested rows: one of the three ways to read it is not null. */
  record Field(
      String name,
      ToLongFunction<NexmarkEvent> number,
      ToLongFunction<NexmarkEvent> time,
      Function<NexmarkEvent, Text> text) {}

  static final String EVENT_TYPE = "event_type";

  static final List<Field> PERSON =
      List.of(
          number("id", e -> e.id),
          text("name", e -> e.name),
          text("emailAddress", e -> e.emailAddress),
          text("creditCard", e -> e.creditCard),
          text("city", e -> e.city),
          text("state", e -> e.state),
          time("dateTime", e -> e.dateTime),
          text("extra", e -> e.extra));

  static final List<Field> AUCTION =
      List.of(
          number("id", e -> e.id),
          text("itemName", e -> e.itemName),
          text("description", e -> e.description),
          number("initialBid", e -> e.initialBid),
          number("reserve", e -> e.reserve),
          time("dateTime", e -> e.dateTime),
          time("expires", e -> e.expires),
          number("seller", e -> e.seller),
          number("category", e -> e.category),
          text("extra", e -> e.extra));

  static final List<Field> BID =
      List.of(
          number("auction", e -> e.auction),
          number("bidder", e -> e.bidder),
          number("price", e -> e.price),
          text("channel", e -> e.channel),
          text("url", e -> e.url),
          time("dateTime", e -> e.dateTime),
          text("extra", e -> e.extra));

  /** The nested rows by the event type that fills them. */
  static final List<String> ROW_NAMES = List.of("person", "auction", "bid");

  static final List<List<Field>> ROWS = List.of(PERSON, AUCTION, BID);

  private NexmarkColumns() {}

  private static Field number(String name, ToLongFunction<NexmarkEvent> value) {
    return new Field(name, value, null, null);
  }

  private static Field time(String name, ToLongFunction<NexmarkEvent> value) {
    return new Field(name, null, value, null);
  }

  private static Field text(String name, Function<NexmarkEvent, Text> value) {
    return new Field(name, null, null, value);
  }

  /** The field of this name in a nested row; a user's error if the benchmark has none. */
  static Field field(int eventType, String name) {
    return ROWS.get(eventType).stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findAny()
        .orElseThrow(
            () ->
                dev.millrace.engine.error.MillraceException.usage(
                    "Nexmark has no field '%s' in '%s'."
                        .formatted(name, ROW_NAMES.get(eventType))));
  }
}
