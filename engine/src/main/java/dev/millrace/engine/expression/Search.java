package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.Comparator;
import dev.millrace.engine.kernel.Comparators;
import dev.millrace.engine.kernel.Comparison;
import dev.millrace.engine.kernel.ValueSet;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Whether a value lies in one of a list of ranges: what the planner makes of IN, NOT IN, BETWEEN
 * and chains of comparisons with constants.
 *
 * <p>If all ranges are single values, or everything but single values, the values are looked up in
 * a hash set; else each range is two comparisons.
 */
public final class Search implements Expression {
  private static final DataType BOOLEAN = DataType.of(TypeRoot.BOOLEAN);

  /** A side of a range as a comparison of the operand with a constant. */
  private record Bound(Comparator comparator, Literal value) {
    boolean[] test(Vector operand, int count) {
      return comparator.compare(operand, value.filled(count), count);
    }
  }

  private final Expression operand;
  private final NullAs nullAs;
  private final List<List<Bound>> ranges = new ArrayList<>();
  private final ValueSet points;

  /** Whether the values looked for are those outside of the ranges or points. */
  private final boolean complement;

  /** Bounds are of the operand's type. */
  public Search(Expression operand, List<SearchRange> ranges, NullAs nullAs) {
    this(operand, operand.type(), ranges, nullAs);
  }

  /**
   * Bounds are of {@code boundType}, which can be compared with the operand's.
   *
   * @param ranges in ascending order
   */
  public Search(Expression operand, DataType boundType, List<SearchRange> ranges, NullAs nullAs) {
    this.operand = operand;
    this.nullAs = nullAs;
    DataType constantType = boundType.withNullable(false);
    List<Object> excluded = gaps(ranges);
    List<SearchRange> included =
        excluded == null ? ranges : excluded.stream().map(SearchRange::point).toList();
    this.complement = excluded != null;
    if (included.stream().allMatch(SearchRange::isPoint)
        && ValueSet.holds(operand.type(), boundType)) {
      points = ValueSet.of(constantType, included.stream().map(SearchRange::lower).toList());
    } else {
      points = null;
      included.forEach(range -> this.ranges.add(bounds(range, constantType)));
    }
  }

  /** The values that alone lie between the ranges, or null if more than single values do. */
  private static List<Object> gaps(List<SearchRange> ranges) {
    List<Object> gaps = new ArrayList<>();
    Object end = null;
    for (SearchRange range : ranges) {
      if (range.lowerInclusive() || range.upperInclusive() || !Objects.equals(range.lower(), end)) {
        return null;
      }
      if (end != null) {
        gaps.add(end);
      }
      end = range.upper();
    }
    return end != null || gaps.isEmpty() ? null : gaps;
  }

  private List<Bound> bounds(SearchRange range, DataType boundType) {
    if (range.isPoint()) {
      return List.of(bound(Comparison.EQUAL, boundType, range.lower()));
    }
    List<Bound> bounds = new ArrayList<>();
    if (range.lower() != null) {
      Comparison operator =
          range.lowerInclusive() ? Comparison.GREATER_OR_EQUAL : Comparison.GREATER;
      bounds.add(bound(operator, boundType, range.lower()));
    }
    if (range.upper() != null) {
      Comparison operator = range.upperInclusive() ? Comparison.LESS_OR_EQUAL : Comparison.LESS;
      bounds.add(bound(operator, boundType, range.upper()));
    }
    return bounds;
  }

  private Bound bound(Comparison operator, DataType boundType, Object value) {
    return new Bound(
        Comparators.of(operator, operand.type(), boundType), new Literal(boundType, value));
  }

  @Override
  public DataType type() {
    return BOOLEAN;
  }

  @Override
  public BooleanVector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    int count = rows.count();
    Vector values = operand.evaluate(batch, rows, context);
    boolean[] found = points == null ? inRanges(values, count) : points.contains(values, count);
    if (complement) {
      for (int i = 0; i < count; i++) {
        found[i] = !found[i];
      }
    }
    boolean[] nulls = values.nulls();
    if (nulls == null || nullAs == NullAs.UNKNOWN) {
      return new BooleanVector(count, found, nulls);
    }
    boolean answer = nullAs == NullAs.TRUE;
    for (int i = 0; i < count; i++) {
      found[i] = nulls[i] ? answer : found[i];
    }
    return new BooleanVector(count, found, null);
  }

  private boolean[] inRanges(Vector values, int count) {
    boolean[] found = new boolean[count];
    for (List<Bound> bounds : ranges) {
      boolean[] inside = inside(bounds, values, count);
      for (int i = 0; i < count; i++) {
        found[i] |= inside[i];
      }
    }
    return found;
  }

  private static boolean[] inside(List<Bound> bounds, Vector values, int count) {
    if (bounds.isEmpty()) {
      boolean[] all = new boolean[count];
      Arrays.fill(all, true);
      return all;
    }
    boolean[] inside = bounds.get(0).test(values, count);
    if (bounds.size() > 1) {
      boolean[] upper = bounds.get(1).test(values, count);
      for (int i = 0; i < count; i++) {
        inside[i] &= upper[i];
      }
    }
    return inside;
  }
}
