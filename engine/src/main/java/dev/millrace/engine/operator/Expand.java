package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/** Turns every row into several, one per list of projections; for grouping sets. */
public final class Expand extends StatelessOperator {
  private final List<List<Expression>> projects;

  public Expand(List<List<Expression>> projects) {
    this.projects = List.copyOf(projects);
  }

  /** Rows of one projection stay together: each has an id column that keeps their keys apart. */
  @Override
  public void process(int input, Batch batch) {
    Positions rows = Positions.all(batch.rowCount());
    List<Vector[]> expanded = new ArrayList<>();
    for (List<Expression> projections : projects) {
      expanded.add(evaluate(batch, rows, projections));
    }
    boolean[] failed = failedRows(batch);
    for (Vector[] columns : expanded) {
      emit(projected(batch, rows, columns, failed));
    }
  }
}
