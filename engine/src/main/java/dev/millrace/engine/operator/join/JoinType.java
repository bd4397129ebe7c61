package dev.millrace.engine.operator.join;

/** Which rows a join delivers besides, or instead of, the pairs that match. */
public enum JoinType {
  INNER,
  LEFT,
  RIGHT,
  FULL,
  /** Left rows with a match. */
  SEMI,
  /** Left rows without a match. */
  ANTI;

  /** Whether rows of the input without a match are delivered, padded with nulls. */
  boolean preserves(int input) {
    return this == FULL || this == (input == 0 ? LEFT : RIGHT);
  }

  /** Whether only columns of the left input are delivered. */
  public boolean isLeftOnly() {
    return this == SEMI || this == ANTI;
  }
}
