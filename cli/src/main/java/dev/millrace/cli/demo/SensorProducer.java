package dev.millrace.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends sensor readings as people and cheap devices write them: untidy, some of them broken. */
final class SensorProducer implements Runnable, AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final List<String> SITES =
      List.of("boiler ROOM", " roof", "COLD STORE ", "Kiln", "loading  dock");
  private static final int SENSORS = 12;
  private static final long PAUSE_NANOS = 100_000_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Random random;
  private volatile boolean stopped;
  private final AtomicLong acknowledged = new AtomicLong();

  SensorProducer(String bootstrapServers, String topic, long seed) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.topic = topic;
    this.random = new Random(seed);
  }

  /** Sends about ten readings a second until closed. */
  @Override
  public void run() {
    while (!stopped) {
      String reading = reading(LocalDateTime.now(ZoneOffset.UTC));
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(topic, reading.getBytes(StandardCharsets.UTF_8));
      var unused =
          producer.send(
              message,
              (metadata, failure) -> {
                if (failure == null) {
                  acknowledged.incrementAndGet();
                }
              });
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** How many readings have arrived at the broker. */
  long acknowledged() {
    return acknowledged.get();
  }

  private String reading(LocalDateTime now) {
    return switch (random.nextInt(12)) {
      case 0 -> json("", "roof", "14.1", "C", now);
      case 1 -> json(sensor(), site(), "n/a", "C", now);
      case 2 -> "{\"sensor\": \"t-1\", \"site\": \"roof\", \"temperature\": \"21.";
      case 3 -> json(sensor(), site(), number(60, 80), "F", now);
      default -> json(sensor(), site(), number(-20, 40), random.nextBoolean() ? "C" : " c", now);
    };
  }

  private String sensor() {
    String name = "t-" + (1 + random.nextInt(SENSORS));
    return random.nextBoolean() ? " " + name + " " : name.toUpperCase(Locale.ROOT);
  }

  private String site() {
    return SITES.get(random.nextInt(SITES.size()));
  }

  private String number(double from, double to) {
    return String.format(Locale.ROOT, " %.2f", from + random.nextDouble() * (to - from));
  }

  private static String json(
      String sensor, String site, String temperature, String unit, LocalDateTime time) {
    return "{\"sensor\": \"%s\", \"site\": \"%s\", \"temperature\": \"%s\", \"unit\": \"%s\", \"read_at\": \"%s\"}"
        .formatted(sensor, site, temperature, unit, TIME.format(time));
  }

  /** Stops sending; returns when what was sent has arrived. */
  @Override
  public void close() {
    stopped = true;
    producer.close();
  }
}
