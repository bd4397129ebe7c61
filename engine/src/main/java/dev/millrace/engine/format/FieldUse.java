package dev.millrace.engine.format;

import java.util.Arrays;
import java.util.List;

/**
 * Which parts of a value any operator looks at; a decoder leaves the others null instead of parsing
 * them. {@code fields} is null when the whole value is used, else it has one entry per field of a
 * ROW, null for a field that is not used at all.
 */
public record FieldUse(List<FieldUse> fields) {
  /** The whole value is used. */
  public static final FieldUse ALL = new FieldUse(null);

  /** Just some fields of a ROW are used; null entries are the unused ones. */
  public static FieldUse of(FieldUse... fields) {
    return new FieldUse(java.util.Collections.unmodifiableList(Arrays.asList(fields.clone())));
  }

  public boolean all() {
    return fields == null;
  }

  /** The use of a field: null when it is not used. */
  public FieldUse field(int index) {
    return fields == null ? ALL : fields.get(index);
  }
}
