package dev.millrace.connectors;

/** What a sink promises; values of {@code sink.delivery-guarantee}. */
public enum DeliveryGuarantee {
  NONE,
  AT_LEAST_ONCE,
  EXACTLY_ONCE
}
