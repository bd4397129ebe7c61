package dev.millrace.engine.operator;

/** How deep the constraints of a sink's columns are enforced. */
public enum ConstraintDepth {
  /** Only of the columns themselves. */
  COLUMNS,
  /** Of the fields of ROWs, too. */
  ROWS,
  /** And of the elements of ARRAYs, the keys and the values of MAPs. */
  COLLECTIONS
}
