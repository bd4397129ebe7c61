package dev.millrace.engine.operator;

import dev.millrace.engine.type.DataType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What an operator with all that it refers to takes in memory, on a 64-bit JVM with compressed
 * references. Our objects and arrays are measured, collections of the JDK estimated by their
 * entries. Left out is what operators share: types, and the world around them.
 */
final class DeepSize {
  private static final int OBJECT_HEADER = 12;
  private static final int ARRAY_HEADER = 16;
  private static final int REFERENCE = 4;
  private static final int ENTRY = 40;
  private static final int BOXED = 24;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> waiting = new ArrayDeque<>();
  private long bytes;

  private DeepSize() {}

  static long of(Operator operator) {
    DeepSize size = new DeepSize();
    size.meet(operator);
    while (!size.waiting.isEmpty()) {
      size.measure(size.waiting.pop());
    }
    return size.bytes;
  }

  private void meet(Object object) {
    boolean shared =
        object == null
            || object instanceof OperatorContext
            || object instanceof DataType
            || object instanceof Enum<?>;
    if (!shared && seen.add(object)) {
      waiting.push(object);
    }
  }

  private void measure(Object object) {
    if (object.getClass().isArray()) {
      measureArray(object);
    } else if (object instanceof Map<?, ?> map) {
      bytes += (long) ENTRY * map.size();
      map.keySet().forEach(this::meet);
      map.values().forEach(this::meet);
    } else if (object instanceof Collection<?> collection) {
      bytes += (long) (object instanceof Set<?> ? ENTRY : REFERENCE) * collection.size();
      collection.forEach(this::meet);
    } else if (object instanceof Number) {
      bytes += BOXED;
    } else if (object.getClass().getName().startsWith("dev.millrace.")) {
      measureFields(object);
    }
  }

  private void measureArray(Object array) {
    Class<?> element = array.getClass().getComponentType();
    int length = Array.getLength(array);
    bytes += aligned(ARRAY_HEADER + (long) size(element) * length);
    for (int i = 0; !element.isPrimitive() && i < length; i++) {
      meet(Array.get(array, i));
    }
  }

  private void measureFields(Object object) {
    long size = OBJECT_HEADER;
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          size += size(field.getType());
          if (!field.getType().isPrimitive()) {
            meet(value(field, object));
          }
        }
      }
    }
    bytes += aligned(size);
  }

  private static Object value(Field field, Object object) {
    field.setAccessible(true);
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static int size(Class<?> type) {
    if (type == long.class || type == double.class) {
      return Long.BYTES;
    }
    if (type == short.class || type == char.class) {
      return Short.BYTES;
    }
    if (type == boolean.class || type == byte.class) {
      return 1;
    }
    return type.isPrimitive() ? Integer.BYTES : REFERENCE;
  }

  private static long aligned(long size) {
    return (size + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
  }
}
