package dev.millrace.benchmarks.torture;

import java.util.HashMap;
import java.util.Map;

/**
 * The rows of the torture: orders, each paid a little later, by their numbers from 0 on, and what a
 * job must make of them. Everything follows from the number.
 */
final class Orders {
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

  /** The order as a record. */
  static String order(long order) {
    return "{\"id\":%d,\"customer\":%d,\"amount\":%d,\"at\":%d}"
        .formatted(order, customer(order), amount(order), time(order));
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
    for (long order = 0; order < orders; order++) {
      String key = time(order) / WINDOW_MILLIS * WINDOW_MILLIS + "/" + customer(order);
      totals.put(key, totals.getOrDefault(key, new Total(0, 0)).plus(amount(order)));
    }
    return totals;
  }

  /** What is left of each order after its payment's fee. */
  static Map<String, Long> paid(long orders) {
    Map<String, Long> paid = new HashMap<>();
    for (long order = 0; order < orders; order++) {
      paid.put(Long.toString(order), amount(order) - amount(order) % 10);
    }
    return paid;
  }
}
