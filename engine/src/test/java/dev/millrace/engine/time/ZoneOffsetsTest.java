package dev.millrace.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZoneOffsetsTest {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "+05:30",
          "Europe/Berlin",
          "America/New_York",
          "Pacific/Chatham",
          "Africa/Casablanca",
          "Pacific/Apia",
          "Australia/Lord_Howe");

  @Test
  void convertsAsTheJdkDoes() {
    long seed = Long.getLong("millrace.random.seed", System.nanoTime());
    Random random = new Random(seed);
    for (String name : ZONES) {
      ZoneId zone = ZoneId.of(name);
      ZoneOffsets offsets = new ZoneOffsets(zone);
      for (int i = 0; i < 20_000; i++) {
        long millis = millis(zone, random);
        String what = "%s at %d, seed %d".formatted(name, millis, seed);
        assertThat(offsets.toLocal(millis)).as(what).isEqualTo(toLocal(zone, millis));
        assertThat(offsets.toEpoch(millis)).as(what).isEqualTo(toEpoch(zone, millis));
      }
    }
  }

  /** Any time from 1700 to 2200, or one near a change of the offset. */
  private static long millis(ZoneId zone, Random random) {
    long any = random.nextLong(-8_520_336_000_000L, 7_258_118_400_000L);
    ZoneOffsetTransition next = zone.getRules().nextTransition(Instant.ofEpochMilli(any));
    if (next == null || random.nextInt(4) == 0) {
      return any;
    }
    long width = random.nextBoolean() ? 50_000_000L : 300_000_000L;
    return next.toEpochSecond() * 1000 + random.nextLong(-width, width);
  }

  private static long toLocal(ZoneId zone, long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone)
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }

  private static long toEpoch(ZoneId zone, long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC)
        .atZone(zone)
        .toInstant()
        .toEpochMilli();
  }
}
