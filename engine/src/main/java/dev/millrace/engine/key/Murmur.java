package dev.millrace.engine.key;

/** MurmurHash3, 32 bits, of whole words (Austin Appleby, public domain), in single steps. */
final class Murmur {
  private Murmur() {}

  /** The hash state after one more 4-byte word. */
  static int mix(int state, int word) {
    int k = word * 0xcc9e2d51;
    k = Integer.rotateLeft(k, 15) * 0x1b873593;
    return Integer.rotateLeft(state ^ k, 13) * 5 + 0xe6546b64;
  }

  /** The hash of all words, {@code bytes} bytes in total. */
  static int finish(int state, int bytes) {
    int h = state ^ bytes;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
