package dev.millrace.engine.text;

import dev.millrace.engine.batch.ByteHeap;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;

/** What tests of texts share: text to bytes and back, and seeded random numbers. */
public final class Texts {
  private static final long SEED = Long.getLong("millrace.random.seed", System.nanoTime());

  private Texts() {}

  /** Random numbers whose seed is printed; {@code -Dmillrace.random.seed=N} repeats a run. */
  public static Random random() {
    System.out.println("random values from -Dmillrace.random.seed=" + SEED);
    return new Random(SEED);
  }

  /** The bytes of a text with one byte before and one after, to be left alone. */
  public static byte[] framed(String text) {
    return ("7" + text + "7").getBytes(StandardCharsets.UTF_8);
  }

  /** What a printer appends to a heap that holds something already. */
  static String printed(Consumer<ByteHeap> printer) {
    ByteHeap heap = new ByteHeap(1);
    heap.append((byte) '!');
    printer.accept(heap);
    return new String(heap.data(), 1, heap.length() - 1, StandardCharsets.UTF_8);
  }
}
