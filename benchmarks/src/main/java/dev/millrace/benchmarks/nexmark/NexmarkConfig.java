package dev.millrace.benchmarks.nexmark;

import java.io.Serializable;
import java.util.Map;
import java.util.function.Function;

/**
 * The parameters of the Nexmark generator, by the option names and defaults of the benchmark's
 * Flink connector (the generator goes back to the Nexmark paper of Tucker et al. and Apache Beam).
 *
 * @param events events to generate, or 0 for no end
 * @param eventsPerSecond of event time: how far apart the events' time stamps are
 * @param firstMillis time stamp of the first event
 * @param hotAuctionRatio of so many bids one is for any auction, the others for a hot one
 * @param hotBidderRatio the same for bidders
 * @param hotSellerRatio of so many auctions one is by any person, the others by a hot one
 */
public record NexmarkConfig(
    long events,
    long eventsPerSecond,
    long firstMillis,
    int personProportion,
    int auctionProportion,
    int bidProportion,
    int hotAuctionRatio,
    int hotBidderRatio,
    int hotSellerRatio,
    int personBytes,
    int auctionBytes,
    int bidBytes)
    implements Serializable {
  /** 2026-01-01 00:00:00 UTC: a fixed start makes two runs equal. */
  private static final long DEFAULT_FIRST_MILLIS = 1_767_225_600_000L;

  /** The names of all options but {@code connector}. */
  static final String EVENTS = "events.num";

  static final String RATE = "next-event.rate";
  static final String FIRST_RATE = "first-event.rate";
  static final String BASE_TIME = "base-time";
  static final String PERSONS = "person.proportion";
  static final String AUCTIONS = "auction.proportion";
  static final String BIDS = "bid.proportion";
  static final String HOT_AUCTIONS = "bid.hot-ratio.auctions";
  static final String HOT_BIDDERS = "bid.hot-ratio.bidders";
  static final String HOT_SELLERS = "auction.hot-ratio.sellers";
  static final String PERSON_SIZE = "person.avg-size";
  static final String AUCTION_SIZE = "auction.avg-size";
  static final String BID_SIZE = "bid.avg-size";

  /** Reads the options; {@code option} gives an option's number, or null. */
  static NexmarkConfig read(Function<String, Long> option) {
    return new NexmarkConfig(
        number(option, EVENTS, 0),
        number(option, RATE, number(option, FIRST_RATE, 10_000)),
        number(option, BASE_TIME, DEFAULT_FIRST_MILLIS),
        (int) number(option, PERSONS, 1),
        (int) number(option, AUCTIONS, 3),
        (int) number(option, BIDS, 46),
        (int) number(option, HOT_AUCTIONS, 2),
        (int) number(option, HOT_BIDDERS, 4),
        (int) number(option, HOT_SELLERS, 4),
        (int) number(option, PERSON_SIZE, 200),
        (int) number(option, AUCTION_SIZE, 500),
        (int) number(option, BID_SIZE, 100));
  }

  private static long number(Function<String, Long> option, String name, long defaultValue) {
    Long value = option.apply(name);
    return value == null ? defaultValue : value;
  }

  /** The defaults with this many events. */
  static NexmarkConfig ofEvents(long events) {
    return read(name -> name.equals(EVENTS) ? events : null);
  }

  /** The defaults with this many events, so many of them in a second of event time. */
  public static NexmarkConfig of(long events, long eventsPerSecond) {
    return read(Map.of(EVENTS, events, RATE, eventsPerSecond)::get);
  }

  int totalProportion() {
    return personProportion + auctionProportion + bidProportion;
  }

  /** Time stamp of an event, milliseconds since the epoch. */
  long millisOf(long event) {
    return firstMillis + event * 1000 / eventsPerSecond;
  }
}
