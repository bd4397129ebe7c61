package dev.millrace.engine.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that one thread at a time adds to and any thread reads, without locks or fences. */
public final class Counter {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // read and written through VALUE
  private long value;

  public void add(long amount) {
    VALUE.setOpaque(this, (long) VALUE.getOpaque(this) + amount);
  }

  public void set(long newValue) {
    VALUE.setOpaque(this, newValue);
  }

  public long get() {
    return (long) VALUE.getOpaque(this);
  }
}
