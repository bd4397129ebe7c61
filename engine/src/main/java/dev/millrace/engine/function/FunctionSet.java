package dev.millrace.engine.function;

import java.util.Map;

/** The functions of one field, by SQL name; one class per field, listed in {@link Functions}. */
public interface FunctionSet {
  Map<String, Function> functions();
}
