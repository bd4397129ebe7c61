package dev.millrace.engine.type;

/** How the values of a column lie in memory: one constant per vector class. */
public enum Storage {
  BOOLEAN,
  BYTE,
  SHORT,
  INT,
  LONG,
  FLOAT,
  DOUBLE,
  BYTES,
  DECIMAL,
  TIMESTAMP,
  ARRAY,
  MAP,
  ROW,
  OBJECT
}
