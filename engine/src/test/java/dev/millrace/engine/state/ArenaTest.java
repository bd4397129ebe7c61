package dev.millrace.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArenaTest {
  /** Compared with a map, over strings from none to some megabytes. */
  @Test
  void keepsWhatWasAddedUntilItIsRemoved() {
    long seed = Long.getLong("millrace.random.seed", 22);
    Random random = new Random(seed);
    Arena arena = new Arena();
    Map<Integer, byte[]> expected = new HashMap<>();
    for (int i = 0; i < 30_000; i++) {
      byte[] bytes = new byte[length(random)];
      random.nextBytes(bytes);
      int address = arena.add(bytes, 0, bytes.length);
      assertThat(address).isNotEqualTo(Arena.NONE);
      assertThat(expected.put(address, bytes)).as("seed %d", seed).isNull();
      if (random.nextInt(100) == 0) {
        removeHalf(arena, expected, random);
      }
    }
    expected.forEach(
        (address, bytes) -> {
          int start = arena.start(address);
          byte[] found =
              Arrays.copyOfRange(arena.page(address), start, start + arena.length(address));
          assertThat(found).as("seed %d", seed).isEqualTo(bytes);
          assertThat(arena.isEqual(address, bytes, 0, bytes.length)).isTrue();
        });
  }

  private static int length(Random random) {
    return switch (random.nextInt(1000)) {
      case 0 -> random.nextInt(3 << 20);
      case 1, 2, 3 -> random.nextInt(600 << 10);
      default -> random.nextInt(random.nextInt(5) == 0 ? 5000 : 100);
    };
  }

  private static void removeHalf(Arena arena, Map<Integer, byte[]> expected, Random random) {
    List<Integer> addresses = new ArrayList<>(expected.keySet());
    for (int address : addresses) {
      if (random.nextBoolean()) {
        arena.remove(address);
        expected.remove(address);
      }
    }
  }

  @Test
  void givesRoomOutAgain() {
    Arena arena = new Arena();
    byte[] bytes = new byte[2000];
    for (int round = 0; round < 1000; round++) {
      int[] addresses = new int[100];
      for (int i = 0; i < addresses.length; i++) {
        addresses[i] = arena.add(bytes, 0, 1000 + i);
      }
      for (int address : addresses) {
        arena.remove(address);
      }
    }
    assertThat(arena.bytes()).isLessThan(1 << 20);
  }
}
