package dev.millrace.engine.batch;

import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/**
 * Collects the values of one column, one after the other. Not thread-safe.
 *
 * <p>Each storage class has its subclass, whose {@code append} takes the plain value. {@link
 * #build} hands the arrays over: after it only {@link #reset} is allowed.
 */
public abstract sealed class VectorBuilder
    permits BooleanBuilder,
        ByteBuilder,
        ShortBuilder,
        IntBuilder,
        LongBuilder,
        FloatBuilder,
        DoubleBuilder,
        BytesBuilder,
        DecimalBuilder,
        TimestampBuilder,
        ArrayBuilder,
        MapBuilder,
        RowBuilder,
        ObjectBuilder {
  static final int INITIAL_CAPACITY = 64;

  private int size;
  private boolean[] nulls;

  /** A builder for columns of this type whose byte strings lie on {@code heap}. */
  public static VectorBuilder of(DataType type, ByteHeap heap) {
    return switch (type.storage()) {
      case BOOLEAN -> new BooleanBuilder();
      case BYTE -> new ByteBuilder();
      case SHORT -> new ShortBuilder();
      case INT -> new IntBuilder();
      case LONG -> new LongBuilder();
      case FLOAT -> new FloatBuilder();
      case DOUBLE -> new DoubleBuilder();
      case BYTES -> new BytesBuilder(heap);
      case DECIMAL -> new DecimalBuilder(type.precision());
      case TIMESTAMP -> new TimestampBuilder();
      case ARRAY -> new ArrayBuilder(of(type.element(), heap));
      case MAP -> MapBuilder.ofMap(type, heap);
      case ROW -> RowBuilder.ofRow(type, heap);
      case OBJECT -> new ObjectBuilder();
    };
  }

  public final int size() {
    return size;
  }

  /** Appends a null. */
  public final void appendNull() {
    padTo(size + 1);
  }

  /** Appends nulls until there are {@code newSize} values, if there are fewer. */
  public final void padTo(int newSize) {
    int from = size;
    if (from >= newSize) {
      return;
    }
    if (nulls == null) {
      nulls = new boolean[Math.max(INITIAL_CAPACITY, newSize)];
    } else if (newSize > nulls.length) {
      nulls = Arrays.copyOf(nulls, Math.max(newSize, nulls.length * 2));
    }
    for (int i = from; i < newSize; i++) {
      nulls[i] = true;
    }
    fillDefaults(from, newSize);
    size = newSize;
  }

  /** Sets the new slots of nulls to the storage class's zero; called before they are counted. */
  protected abstract void fillDefaults(int from, int to);

  /**
   * Drops the values from {@code newSize} on, for example those of a row that turned out broken;
   * with them the parts of a nested value that was begun but not completed.
   */
  public final void truncate(int newSize) {
    if (newSize > size) {
      return;
    }
    if (nulls != null && newSize < nulls.length) {
      Arrays.fill(nulls, newSize, Math.min(size, nulls.length), false);
    }
    size = newSize;
    truncateValues(newSize);
  }

  /** Lets nested builders follow a truncation. */
  protected void truncateValues(int newSize) {}

  /** The vector of all values appended. */
  public abstract Vector build();

  /** Starts an empty column; byte strings go to {@code heap} from now on. */
  public final void reset(ByteHeap heap) {
    size = 0;
    nulls = null;
    resetValues(heap);
  }

  protected abstract void resetValues(ByteHeap heap);

  /** Lets byte strings go to another heap; only while the column is empty. */
  void useHeap(ByteHeap heap) {}

  /** The position of the value being appended, counted. */
  protected final int next() {
    return size++;
  }

  /** The null bits for the built vector, or null when there are none. */
  protected final boolean[] builtNulls() {
    if (nulls == null) {
      return null;
    }
    return nulls.length >= size ? nulls : Arrays.copyOf(nulls, size);
  }

  static int grown(int capacity) {
    return Math.max(INITIAL_CAPACITY, capacity * 2);
  }
}
