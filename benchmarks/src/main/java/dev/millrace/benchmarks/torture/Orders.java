package dev.millrace.benchmarks.torture;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The rows of the torture: orders, each paid a little later, by their numbers from 0 on, and what a
 * job must make of them. Some orders are no JSON, and some that are paid the database does not
 * take: each of these must be in one dead letter. Everything follows from the number.
 */
final class Orders {
  /** What the database demands of a paid order. */
  static final String CONDITION = "id % 40 <> 3";

  private static final int CUSTOMERS = 20;
  private static final int MILLIS_PER_ORDER = 20;
  private static final long WINDOW_MILLIS = 10_000;
  private static final long START = 1_760_000_000_000L / WINDOW_MILLIS * WINDOW_MILLIS;

  /** What is known of a customer's orders in a window. */
  record Total(long orders, long amount) {
    Total plus(long more) {
      return new Total(orders + 1, amount + more);
    }
  }

  private Orders() {}

  private static long amount(long order) {
    return (order * 7919) % 1000;
  }

  private static long customer(long order) {
    return (order * 31) % CUSTOMERS;
  }

  private static long time(long order) {
    return START + order * MILLIS_PER_ORDER;
  }

  private static boolean isReadable(long order) {
    return order % 50 != 17;
  }

  /** Whether it satisfies {@link #CONDITION}. */
  private static boolean isTaken(long order) {
    return order % 40 != 3;
  }

  private static LongStream readable(long orders) {
    return LongStream.range(0, orders).filter(Orders::isReadable);
  }

  /** The order as a record. */
  static String order(long order) {
    String json =
        "{\"id\":%d,\"customer\":%d,\"amount\":%d,\"at\":%d}"
            .formatted(order, customer(order), amount(order), time(order));
    return isReadable(order) ? json : json.replace('}', ';');
  }

  /** Its payment as a record. */
  static String payment(long order) {
    return "{\"id\":%d,\"fee\":%d,\"at\":%d}"
        .formatted(order, amount(order) % 10, time(order) + 500);
  }

  /** An order after all windows of the others; it belongs to nobody. */
  static String last(long orders) {
    return "{\"id\":-1,\"customer\":-1,\"amount\":0,\"at\":%d}".formatted(time(orders) + 3_600_000);
  }

  /** What each customer has ordered in each window, by window start and customer. */
  static Map<String, Total> windows(long orders) {
    Map<String, Total> totals = new HashMap<>();
    readable(orders)
        .forEach(
            order -> {
              String key = time(order) / WINDOW_MILLIS * WINDOW_MILLIS + "/" + customer(order);
              totals.put(key, totals.getOrDefault(key, new Total(0, 0)).plus(amount(order)));
            });
    return totals;
  }

  /** What is left of each order after its payment's fee. */
  static Map<String, Long> paid(long orders) {
    Map<String, Long> paid = new HashMap<>();
    readable(orders)
        .filter(Orders::isTaken)
        .forEach(order -> paid.put(Long.toString(order), amount(order) - amount(order) % 10));
    return paid;
  }

  /** The table that each row which has no result is about, by the row's order. */
  static Map<String, String> letters(long orders) {
    Map<String, String> letters = new HashMap<>();
    for (long order = 0; order < orders; order++) {
      if (!isReadable(order)) {
        letters.put(Long.toString(order), TortureTopics.ORDERS);
      } else if (!isTaken(order)) {
        letters.put(Long.toString(order), TortureDatabase.PAID);
      }
    }
    return letters;
  }
}
