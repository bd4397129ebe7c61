package dev.millrace.plan.rex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/**
 * Which columns of a row, and which fields within its nested ROWs, anything looks at. Grows while a
 * plan is walked from its sinks to its sources.
 */
public final class ColumnUses {
  private final DataType row;
  private final FieldUse[] uses;

  public ColumnUses(DataType row) {
    this.row = row;
    this.uses = new FieldUse[row.children().size()];
  }

  public boolean used(int column) {
    return uses[column] != null;
  }

  /** Which parts of a column are used; null for none. */
  public FieldUse use(int column) {
    return uses[column];
  }

  /** For each column its place among those used, or -1. */
  public int[] places() {
    int[] places = new int[uses.length];
    int next = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = used(i) ? next++ : -1;
    }
    return places;
  }

  public void add(int column, FieldUse use) {
    uses[column] = merge(uses[column], use);
  }

  public void addColumn(int column) {
    add(column, FieldUse.ALL);
  }

  public void addAllColumns() {
    Arrays.fill(uses, FieldUse.ALL);
  }

  /** Adds the uses of a row that has the same columns, or begins with them. */
  public void addSame(ColumnUses other) {
    for (int i = 0; i < uses.length; i++) {
      add(i, other.uses[i]);
    }
  }

  /** Adds what a row expression looks at. */
  public void addExpression(JsonNode rex) {
    addExpression(rex, FieldUse.ALL);
  }

  /** Adds what an expression looks at when {@code use} of its value is used; null for none. */
  public void addExpression(JsonNode rex, FieldUse use) {
    switch (rex.path("kind").asText()) {
      case "INPUT_REF" -> add(rex.get("inputIndex").intValue(), use);
      case "FIELD_ACCESS" -> addFieldAccess(rex, use);
      default -> {
        for (JsonNode operand : rex.path("operands")) {
          addExpression(operand, FieldUse.ALL);
        }
      }
    }
  }

  private void addFieldAccess(JsonNode rex, FieldUse use) {
    JsonNode parent = rex.get("expr");
    DataType parentType = pathType(parent);
    addExpression(
        parent,
        parentType == null || use == null
            ? FieldUse.ALL
            : only(parentType, parentType.indexOf(rex.get("name").asText()), use));
  }

  /** The type of a column or of a field in it; null for any other expression. */
  private DataType pathType(JsonNode rex) {
    return switch (rex.path("kind").asText()) {
      case "INPUT_REF" -> row.child(rex.get("inputIndex").intValue());
      case "FIELD_ACCESS" -> {
        DataType parent = pathType(rex.get("expr"));
        yield parent == null ? null : parent.child(parent.indexOf(rex.get("name").asText()));
      }
      default -> null;
    };
  }

  private static FieldUse only(DataType type, int field, FieldUse use) {
    if (!type.is(TypeRoot.ROW)) {
      return FieldUse.ALL;
    }
    FieldUse[] fields = new FieldUse[type.children().size()];
    fields[field] = use;
    return FieldUse.of(fields);
  }

  private static FieldUse merge(FieldUse a, FieldUse b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a.all() || b.all()) {
      return FieldUse.ALL;
    }
    FieldUse[] fields = new FieldUse[a.fields().size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = merge(a.field(i), b.field(i));
    }
    return FieldUse.of(fields);
  }
}
