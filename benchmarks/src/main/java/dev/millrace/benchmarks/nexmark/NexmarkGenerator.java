package dev.millrace.benchmarks.nexmark;

import dev.millrace.benchmarks.nexmark.NexmarkEvent.Text;
import java.nio.charset.StandardCharsets;

/**
 * Makes the events of the Nexmark benchmark: of each 50, 1 person, 3 auctions and 46 bids, with the
 * benchmark's hot keys, prices and text lengths. Event {@code n} depends on {@code n} alone. Not
 * thread-safe.
 */
final class NexmarkGenerator {
  private static final long FIRST_PERSON = 1000;
  private static final long FIRST_AUCTION = 1000;
  private static final long FIRST_CATEGORY = 10;
  private static final int CATEGORIES = 5;
  private static final int ACTIVE_PEOPLE = 1000;
  private static final int AUCTIONS_IN_FLIGHT = 100;

  /** One of so many ids in a row is the hot one. */
  private static final int HOT_ID_STEP = 100;

  /** Bids and auctions may name ids that are still to come, up to this many ahead. */
  private static final int ID_LEAD = 10;

  private static final int CHANNELS = 10_000;

  private static final byte[][] FIRST_NAMES =
      texts(
          "Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter",
          "Walter");
  private static final byte[][] LAST_NAMES =
      texts("Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris");
  private static final byte[][] STATES = texts("AZ", "CA", "ID", "OR", "WA", "WY");
  private static final byte[][] CITIES =
      texts(
          "Phoenix",
          "Los Angeles",
          "San Francisco",
          "Boise",
          "Portland",
          "Bend",
          "Redmond",
          "Seattle",
          "Kent",
          "Cheyenne");
  private static final byte[][] HOT_CHANNELS = texts("Google", "Facebook", "Baidu", "Apple");
  private static final byte[][] HOT_URLS = hotUrls();
  private static final byte[] URL_START = text("https://www.nexmark.com/");
  private static final byte[] URL_END = text("item.htm?query=1");
  private static final byte[] CHANNEL_PARAMETER = text("&channel_id=");
  private static final byte[] CHANNEL_PREFIX = text("channel-");

  private final NexmarkConfig config;
  private final Randoms random = new Randoms();
  private final NexmarkEvent event = new NexmarkEvent();

  NexmarkGenerator(NexmarkConfig config) {
    this.config = config;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[][] texts(String... texts) {
    byte[][] bytes = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      bytes[i] = text(texts[i]);
    }
    return bytes;
  }

  /** The pages behind the hot channels; the same in every run. */
  private static byte[][] hotUrls() {
    return texts(
        "https://www.nexmark.com/googl/eauct/ionhx/item.htm?query=1",
        "https://www.nexmark.com/faceb/ookbi/dding/item.htm?query=1",
        "https://www.nexmark.com/baidu/looku/plist/item.htm?query=1",
        "https://www.nexmark.com/apple/store/pages/item.htm?query=1");
  }

  /** Event {@code n}; the object is the same every time. */
  NexmarkEvent generate(long n) {
    random.seed(n);
    event.texts.truncate(0);
    event.dateTime = config.millisOf(n);
    long place = n % config.totalProportion();
    if (place < config.personProportion()) {
      person(n);
    } else if (place < config.personProportion() + config.auctionProportion()) {
      auction(n);
    } else {
      bid(n);
    }
    return event;
  }

  private void person(long n) {
    event.type = NexmarkEvent.PERSON;
    event.id = lastPerson(n) + FIRST_PERSON;
    begin(event.name);
    append(pick(FIRST_NAMES));
    append((byte) ' ');
    append(pick(LAST_NAMES));
    end(event.name);
    email();
    begin(event.creditCard);
    for (int group = 0; group < 4; group++) {
      if (group > 0) {
        append((byte) ' ');
      }
      appendPadded(random.nextInt(10_000));
    }
    end(event.creditCard);
    set(event.city, pick(CITIES));
    set(event.state, pick(STATES));
    int used =
        8
            + event.name.length
            + event.emailAddress.length
            + event.creditCard.length
            + event.city.length
            + event.state.length;
    extra(config.personBytes(), used);
  }

  private void email() {
    begin(event.emailAddress);
    letters(7);
    append((byte) '@');
    letters(5);
    append(text(".com"));
    end(event.emailAddress);
  }

  private void auction(long n) {
    event.type = NexmarkEvent.AUCTION;
    event.id = lastAuction(n) + FIRST_AUCTION;
    event.seller =
        FIRST_PERSON
            + (random.nextInt(config.hotSellerRatio()) > 0
                ? lastPerson(n) / HOT_ID_STEP * HOT_ID_STEP
                : anyPerson(n));
    event.category = FIRST_CATEGORY + random.nextInt(CATEGORIES);
    event.initialBid = price();
    event.expires = event.dateTime + auctionMillis(n);
    set(event.itemName, 20);
    set(event.description, 100);
    event.reserve = event.initialBid + price();
    extra(config.auctionBytes(), 8 * 7 + event.itemName.length + event.description.length);
  }

  /** So that about {@link #AUCTIONS_IN_FLIGHT} auctions are open at any time. */
  private long auctionMillis(long n) {
    long ahead = (long) AUCTIONS_IN_FLIGHT * config.totalProportion() / config.auctionProportion();
    long horizon = config.millisOf(n + ahead) - event.dateTime;
    return 1 + random.nextLong(Math.max(horizon * 2, 1));
  }

  private void bid(long n) {
    event.type = NexmarkEvent.BID;
    event.auction =
        FIRST_AUCTION
            + (random.nextInt(config.hotAuctionRatio()) > 0
                ? lastAuction(n) / HOT_ID_STEP * HOT_ID_STEP
                : anyAuction(n));
    event.bidder =
        FIRST_PERSON
            + (random.nextInt(config.hotBidderRatio()) > 0
                ? lastPerson(n) / HOT_ID_STEP * HOT_ID_STEP + 1
                : anyPerson(n));
    event.price = price();
    if (random.nextInt(2) > 0) {
      int hot = random.nextInt(HOT_CHANNELS.length);
      set(event.channel, HOT_CHANNELS[hot]);
      set(event.url, HOT_URLS[hot]);
    } else {
      anyChannel();
    }
    extra(config.bidBytes(), 8 * 4 + event.channel.length + event.url.length);
  }

  private void anyChannel() {
    int number = random.nextInt(CHANNELS);
    begin(event.channel);
    append(CHANNEL_PREFIX);
    appendNumber(number);
    end(event.channel);
    begin(event.url);
    append(URL_START);
    for (int folder = 0; folder < 3; folder++) {
      letters(5);
      append((byte) '/');
    }
    append(URL_END);
    if (random.nextInt(10) > 0) {
      append(CHANNEL_PARAMETER);
      appendNumber(Math.abs(Integer.reverse(number)));
    }
    end(event.url);
  }

  /** The number of persons before event {@code n}, less one. */
  private long lastPerson(long n) {
    long epoch = n / config.totalProportion();
    long place = n % config.totalProportion();
    return epoch * config.personProportion() + Math.min(place, config.personProportion() - 1L);
  }

  private long lastAuction(long n) {
    long epoch = n / config.totalProportion();
    long place = n % config.totalProportion() - config.personProportion();
    if (place < 0) {
      epoch--;
      place = config.auctionProportion() - 1L;
    }
    return Math.max(
        0, epoch * config.auctionProportion() + Math.min(place, config.auctionProportion() - 1L));
  }

  private long anyPerson(long n) {
    long people = lastPerson(n) + 1;
    long active = Math.min(people, ACTIVE_PEOPLE);
    return people - active + random.nextLong(active + ID_LEAD);
  }

  private long anyAuction(long n) {
    long last = lastAuction(n);
    long first = Math.max(last - AUCTIONS_IN_FLIGHT, 0);
    return first + random.nextLong(last - first + 1 + ID_LEAD);
  }

  /** From 1 to 100 million, evenly on a logarithmic scale. */
  private long price() {
    return Math.round(Math.pow(10.0, random.nextDouble() * 6.0) * 100.0);
  }

  private byte[] pick(byte[][] texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** Fills the event up to about its average size: between 80 % and 120 % of what is missing. */
  private void extra(int averageBytes, int usedBytes) {
    int missing = averageBytes - usedBytes;
    begin(event.extra);
    if (missing > 0) {
      int spread = Math.max(1, (int) Math.round(missing * 0.2));
      letters(missing - spread + random.nextInt(2 * spread));
    }
    end(event.extra);
  }

  private void set(Text text, int maxLength) {
    begin(text);
    letters(3 + random.nextInt(maxLength - 3));
    end(text);
  }

  private void set(Text text, byte[] value) {
    begin(text);
    append(value);
    end(text);
  }

  private void begin(Text text) {
    text.start = event.texts.length();
  }

  private void end(Text text) {
    text.length = event.texts.length() - text.start;
  }

  private void append(byte[] value) {
    event.texts.append(value);
  }

  private void append(byte value) {
    event.texts.append(value);
  }

  /** Lower-case letters, twelve from each random number. */
  private void letters(int count) {
    byte[] data = event.texts.reserve(count);
    int at = event.texts.length();
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits = i % 12 == 0 ? random.nextLong() : bits >>> 5;
      data[at + i] = (byte) ('a' + (((bits & 31) * 26) >>> 5));
    }
    event.texts.advance(count);
  }

  private void appendPadded(int fourDigits) {
    append((byte) ('0' + fourDigits / 1000));
    append((byte) ('0' + fourDigits / 100 % 10));
    append((byte) ('0' + fourDigits / 10 % 10));
    append((byte) ('0' + fourDigits % 10));
  }

  private void appendNumber(int number) {
    append(text(Integer.toString(number)));
  }
}
