package dev.millrace.engine.batch;

/** What is done with several vectors of one type. */
public final class Vectors {
  private Vectors() {}

  /**
   * The first {@code counts[i]} values of each part, one part after the other. All parts are of the
   * same type; there is at least one.
   */
  public static Vector concat(Vector[] parts, int[] counts) {
    int size = 0;
    for (int count : counts) {
      size += count;
    }
    boolean[] nulls = nulls(parts, counts, size);
    Vector first = parts[0];
    if (first instanceof BooleanVector) {
      boolean[] values = new boolean[size];
      copy(parts, counts, values, part -> ((BooleanVector) part).values());
      return new BooleanVector(size, values, nulls);
    }
    if (first instanceof ByteVector) {
      byte[] values = new byte[size];
      copy(parts, counts, values, part -> ((ByteVector) part).values());
      return new ByteVector(size, values, nulls);
    }
    if (first instanceof ShortVector) {
      short[] values = new short[size];
      copy(parts, counts, values, part -> ((ShortVector) part).values());
      return new ShortVector(size, values, nulls);
    }
    if (first instanceof IntVector) {
      int[] values = new int[size];
      copy(parts, counts, values, part -> ((IntVector) part).values());
      return new IntVector(size, values, nulls);
    }
    if (first instanceof LongVector) {
      long[] values = new long[size];
      copy(parts, counts, values, part -> ((LongVector) part).values());
      return new LongVector(size, values, nulls);
    }
    if (first instanceof FloatVector) {
      float[] values = new float[size];
      copy(parts, counts, values, part -> ((FloatVector) part).values());
      return new FloatVector(size, values, nulls);
    }
    if (first instanceof DoubleVector) {
      double[] values = new double[size];
      copy(parts, counts, values, part -> ((DoubleVector) part).values());
      return new DoubleVector(size, values, nulls);
    }
    if (first instanceof ObjectVector) {
      Object[] values = new Object[size];
      copy(parts, counts, values, part -> ((ObjectVector) part).values());
      return new ObjectVector(size, values, nulls);
    }
    if (first instanceof DecimalVector decimals) {
      long[] low = new long[size];
      copy(parts, counts, low, part -> ((DecimalVector) part).low());
      long[] high = decimals.high() == null ? null : new long[size];
      if (high != null) {
        copy(parts, counts, high, part -> ((DecimalVector) part).high());
      }
      return new DecimalVector(size, low, high, nulls);
    }
    if (first instanceof TimestampVector) {
      long[] millis = new long[size];
      copy(parts, counts, millis, part -> ((TimestampVector) part).millis());
      return new TimestampVector(size, millis, nanos(parts, counts, size), nulls);
    }
    if (first instanceof BytesVector) {
      return concatBytes(parts, counts, size, nulls);
    }
    if (first instanceof RowVector) {
      return concatRows(parts, counts, size, nulls);
    }
    return first instanceof ArrayVector
        ? concatArrays(parts, counts, size, nulls)
        : concatMaps(parts, counts, size, nulls);
  }

  /** The value array of a vector. */
  @FunctionalInterface
  private interface Values {
    Object of(Vector part);
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the vector class's type
  private static void copy(Vector[] parts, int[] counts, Object to, Values values) {
    int end = 0;
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(values.of(parts[i]), 0, to, end, counts[i]);
      end += counts[i];
    }
  }

  private static boolean[] nulls(Vector[] parts, int[] counts, int size) {
    boolean[] nulls = null;
    int end = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].nulls() != null) {
        nulls = nulls == null ? new boolean[size] : nulls;
        System.arraycopy(parts[i].nulls(), 0, nulls, end, counts[i]);
      }
      end += counts[i];
    }
    return nulls;
  }

  private static int[] nanos(Vector[] parts, int[] counts, int size) {
    int[] nanos = null;
    int end = 0;
    for (int i = 0; i < parts.length; i++) {
      int[] from = ((TimestampVector) parts[i]).nanos();
      if (from != null) {
        nanos = nanos == null ? new int[size] : nanos;
        System.arraycopy(from, 0, nanos, end, counts[i]);
      }
      end += counts[i];
    }
    return nanos;
  }

  /** Copies bytes only where the parts do not share their array already. */
  private static BytesVector concatBytes(Vector[] parts, int[] counts, int size, boolean[] nulls) {
    byte[] shared = ((BytesVector) parts[0]).data();
    for (Vector part : parts) {
      shared = ((BytesVector) part).data() == shared ? shared : null;
    }
    int[] starts = new int[size];
    int[] lengths = new int[size];
    copy(parts, counts, lengths, part -> ((BytesVector) part).lengths());
    if (shared != null) {
      copy(parts, counts, starts, part -> ((BytesVector) part).starts());
      return new BytesVector(size, shared, starts, lengths, nulls);
    }
    ByteHeap heap = new ByteHeap();
    int position = 0;
    for (int i = 0; i < parts.length; i++) {
      BytesVector part = (BytesVector) parts[i];
      for (int j = 0; j < counts[i]; j++, position++) {
        if (part.isNull(j)) {
          lengths[position] = 0;
        } else {
          starts[position] = heap.append(part.data(), part.starts()[j], part.lengths()[j]);
        }
      }
    }
    return new BytesVector(size, heap.data(), starts, lengths, nulls);
  }

  private static RowVector concatRows(Vector[] parts, int[] counts, int size, boolean[] nulls) {
    Vector[] fields = new Vector[((RowVector) parts[0]).fieldCount()];
    for (int field = 0; field < fields.length; field++) {
      Vector[] fieldParts = new Vector[parts.length];
      for (int i = 0; i < parts.length; i++) {
        fieldParts[i] = ((RowVector) parts[i]).field(field);
      }
      fields[field] = concat(fieldParts, counts);
    }
    return new RowVector(size, fields, nulls);
  }

  private static ArrayVector concatArrays(Vector[] parts, int[] counts, int size, boolean[] nulls) {
    int[] starts = new int[size];
    int[] lengths = new int[size];
    Vector[] elements = new Vector[parts.length];
    copy(parts, counts, starts, part -> ((ArrayVector) part).starts());
    copy(parts, counts, lengths, part -> ((ArrayVector) part).lengths());
    for (int i = 0; i < parts.length; i++) {
      elements[i] = ((ArrayVector) parts[i]).elements();
    }
    shift(starts, counts, elements);
    return new ArrayVector(size, starts, lengths, concat(elements, sizes(elements)), nulls);
  }

  private static MapVector concatMaps(Vector[] parts, int[] counts, int size, boolean[] nulls) {
    int[] starts = new int[size];
    int[] lengths = new int[size];
    Vector[] keys = new Vector[parts.length];
    Vector[] values = new Vector[parts.length];
    copy(parts, counts, starts, part -> ((MapVector) part).starts());
    copy(parts, counts, lengths, part -> ((MapVector) part).lengths());
    for (int i = 0; i < parts.length; i++) {
      keys[i] = ((MapVector) parts[i]).keys();
      values[i] = ((MapVector) parts[i]).values();
    }
    shift(starts, counts, keys);
    int[] sizes = sizes(keys);
    return new MapVector(size, starts, lengths, concat(keys, sizes), concat(values, sizes), nulls);
  }

  private static int[] sizes(Vector[] vectors) {
    int[] sizes = new int[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      sizes[i] = vectors[i].size();
    }
    return sizes;
  }

  /** Moves the starts of each part behind the elements of the parts before it. */
  private static void shift(int[] starts, int[] counts, Vector[] elements) {
    int position = 0;
    int offset = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int end = position + counts[i]; position < end; position++) {
        starts[position] += offset;
      }
      offset += elements[i].size();
    }
  }
}
