package dev.millrace.engine.function;

/** The binary arithmetic operators. */
enum Arithmetic {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  REMAINDER;

  static final String DIVISION_BY_ZERO = "division by zero";
}
