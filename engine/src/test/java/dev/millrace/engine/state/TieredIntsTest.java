package dev.millrace.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TieredIntsTest {
  @Test
  void agreesWithAList() {
    long seed = Long.getLong("millrace.random.seed", 901);
    for (int n = 0; n < 20; n++) {
      Random random = new Random(seed + n);
      TieredInts ints = new TieredInts();
      List<Integer> list = new ArrayList<>();
      for (int phase = 0; phase < 4; phase++) {
        int inserts = 1 + random.nextInt(9);
        for (int i = random.nextInt(6000); i > 0; i--) {
          change(random, inserts, ints, list);
        }
        int from = random.nextInt(list.size() + 1);
        assertThat(IntStream.of(ints.copy(from, list.size())).boxed().toList())
            .as("seed %d", seed + n)
            .isEqualTo(list.subList(from, list.size()));
      }
    }
  }

  /** {@code inserts} of ten changes are such, as long as there is something to remove. */
  private static void change(Random random, int inserts, TieredInts ints, List<Integer> list) {
    int value = random.nextInt();
    if (list.isEmpty() || random.nextInt(10) < inserts) {
      int place = random.nextInt(list.size() + 1);
      ints.insert(place, value);
      list.add(place, value);
    } else {
      int place = random.nextInt(list.size());
      assertThat(ints.get(place)).isEqualTo(list.get(place));
      if (random.nextInt(4) == 0) {
        ints.set(place, value);
        list.set(place, value);
      } else {
        ints.remove(place);
        list.remove(place);
      }
    }
    assertThat(ints.size()).isEqualTo(list.size());
  }
}
