package dev.millrace.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTableTest {
  /** No column, each type alone, and several together. */
  static Stream<List<DataType>> keys() {
    List<DataType> types = RandomValues.types();
    return Stream.concat(
        types.stream().map(List::of),
        Stream.of(List.of(), types, types.subList(0, 5), types.subList(3, 5), types.subList(7, 9)));
  }

  /** Compared with a map, over random batches of keys to add, find and remove. */
  @ParameterizedTest
  @MethodSource("keys")
  void numbersKeysAsAMapWould(List<DataType> types) {
    long seed = Long.getLong("millrace.random.seed", 21);
    Random random = new Random(seed);
    RandomValues values = new RandomValues(random);
    KeyTable table = KeyTable.of(types);
    Map<List<Object>, Integer> expected = new HashMap<>();
    for (int round = 0; round < 200; round++) {
      List<List<Object>> rows = values.rows(types, random.nextInt(60));
      int[] numbers = new int[rows.size()];
      boolean adding = random.nextInt(3) > 0;
      if (adding) {
        table.locate(RandomValues.columns(types, rows), rows.size(), numbers);
      } else {
        table.find(RandomValues.columns(types, rows), rows.size(), numbers);
      }
      for (int i = 0; i < numbers.length; i++) {
        List<Object> key = RandomValues.comparable(rows.get(i));
        Integer known = adding ? expected.putIfAbsent(key, numbers[i]) : expected.get(key);
        if (known != null || !adding) {
          int number = known == null ? KeyTable.NONE : known;
          assertThat(numbers[i]).as("%s, seed %d", key, seed).isEqualTo(number);
        }
      }
      removeSome(table, expected, random);
      check(table, types, expected);
    }
  }

  private static void removeSome(
      KeyTable table, Map<List<Object>, Integer> expected, Random random) {
    for (List<Object> key : new ArrayList<>(expected.keySet())) {
      if (random.nextInt(5) == 0) {
        table.remove(expected.remove(key));
      }
    }
  }

  private static void check(
      KeyTable table, List<DataType> types, Map<List<Object>, Integer> expected) {
    int[] numbers = table.numbers();
    assertThat(numbers).hasSize(expected.size()).hasSize(table.size());
    assertThat(Arrays.stream(numbers).boxed())
        .containsExactlyInAnyOrderElementsOf(expected.values());
    var keys = table.keys(numbers, numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      assertThat(expected).containsEntry(RandomValues.row(types, keys, i), numbers[i]);
    }
    assertThat(table.limit()).isLessThan(4096);
  }
}
