package dev.millrace.engine.error;

import java.util.List;

/**
 * The native engine cannot run what a plan asks for. Each reason names one node, function or
 * option; whoever translates a plan collects the reasons of the whole plan before it gives up.
 */
public final class UnsupportedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  public UnsupportedException(String reason) {
    this(List.of(reason));
  }

  public UnsupportedException(List<String> reasons) {
    super(String.join("; ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  public List<String> reasons() {
    return reasons;
  }
}
