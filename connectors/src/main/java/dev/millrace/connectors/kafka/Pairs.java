package dev.millrace.connectors.kafka;

import java.util.Arrays;

/**
 * Which row of the keys belongs to which row of the values, and which record both came from. An
 * array is null when it would hold 0, 1, 2 and so on: the usual case, in which nothing moves.
 */
record Pairs(int count, int[] keys, int[] values, int[] records) {
  /** Just values: {@code records} says where each of the {@code rows} came from. */
  static Pairs ofValues(int[] records, int rows) {
    return new Pairs(rows, null, null, isIdentity(records, rows) ? null : records);
  }

  /** Every key row with every value row of the same record; both run through ascending records. */
  static Pairs of(int[] keyRecords, int keyRows, int[] valueRecords, int valueRows) {
    if (keyRows == valueRows
        && isIdentity(keyRecords, keyRows)
        && isIdentity(valueRecords, valueRows)) {
      return new Pairs(keyRows, null, null, null);
    }
    int[] keys = new int[Math.max(keyRows, valueRows)];
    int[] values = new int[keys.length];
    int[] records = new int[keys.length];
    int count = 0;
    int firstKey = 0;
    for (int value = 0; value < valueRows; value++) {
      int record = valueRecords[value];
      while (firstKey < keyRows && keyRecords[firstKey] < record) {
        firstKey++;
      }
      for (int key = firstKey; key < keyRows && keyRecords[key] == record; key++) {
        if (count == keys.length) {
          keys = Arrays.copyOf(keys, count * 2);
          values = Arrays.copyOf(values, count * 2);
          records = Arrays.copyOf(records, count * 2);
        }
        keys[count] = key;
        values[count] = value;
        records[count] = record;
        count++;
      }
    }
    return new Pairs(count, keys, values, records);
  }

  private static boolean isIdentity(int[] records, int rows) {
    for (int i = 0; i < rows; i++) {
      if (records[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** The record of each row, counted from {@code from} on. */
  int[] records(int from) {
    int[] shifted = new int[count];
    for (int i = 0; i < count; i++) {
      shifted[i] = from + (records == null ? i : records[i]);
    }
    return shifted;
  }
}
