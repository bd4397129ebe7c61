package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What to decode from keys and values, and where each goes.
 *
 * @param keyFormat null when the table has no key format
 * @param keyRow the ROW that the key format makes, or null
 * @param valueRow the ROW that the value format makes
 * @param keyColumns for each column of the table's projection its place in {@code keyRow}, or -1
 * @param valueColumns for each column of the projection its place in {@code valueRow}, or -1
 * @param physicalRow the ROW of the projected physical columns
 * @param upsert whether a record without a value deletes its key
 */
record DecodingPlan(
    DecodingFormat keyFormat,
    DataType keyRow,
    DecodingFormat valueFormat,
    DataType valueRow,
    int[] keyColumns,
    int[] valueColumns,
    DataType physicalRow,
    boolean upsert) {

  static DecodingPlan of(SourceTable table, RecordFields fields, boolean upsert) {
    int[] projection = table.projection();
    Part value = new Part(fields.value(), projection, table.uses());
    Part key = new Part(fields.key(), projection, table.uses());
    for (int i = 0; i < projection.length; i++) {
      if (value.offer(i)) {
        // Of a column that both hold, the key's matters only where there may be no value.
        if (upsert) {
          key.offer(i);
        }
      } else {
        key.offer(i);
      }
    }
    DataType keyRow = fields.keyRow();
    DataType valueRow = fields.valueRow();
    return new DecodingPlan(
        fields.hasKey()
            ? table.decoding(
                fields.keyFormat(), fields.keyOptions(), keyRow, key.projection(), key.uses())
            : null,
        fields.hasKey() ? key.produced(keyRow) : null,
        table.decoding(
            fields.valueFormat(),
            fields.valueOptions(),
            valueRow,
            value.projection(),
            value.uses()),
        value.produced(valueRow),
        key.columns,
        value.columns,
        table.projectedRow(),
        upsert);
  }

  DataType physicalType(int column) {
    return physicalRow.child(column);
  }

  /** The key's or the value's share of the table's projection. */
  private static final class Part {
    private final int[] recordColumns;
    private final int[] tableProjection;
    private final List<FieldUse> tableUses;
    private final List<Integer> projection = new ArrayList<>();
    private final List<FieldUse> uses = new ArrayList<>();
    private final int[] columns;

    Part(int[] recordColumns, int[] tableProjection, List<FieldUse> tableUses) {
      this.recordColumns = recordColumns;
      this.tableProjection = tableProjection;
      this.tableUses = tableUses;
      this.columns = new int[tableProjection.length];
      Arrays.fill(columns, -1);
    }

    /** Takes the i-th projected column if this part holds it. */
    boolean offer(int i) {
      for (int field = 0; field < recordColumns.length; field++) {
        if (recordColumns[field] == tableProjection[i]) {
          columns[i] = projection.size();
          projection.add(field);
          uses.add(tableUses.get(i));
          return true;
        }
      }
      return false;
    }

    int[] projection() {
      return projection.stream().mapToInt(Integer::intValue).toArray();
    }

    List<FieldUse> uses() {
      return List.copyOf(uses);
    }

    DataType produced(DataType row) {
      return DataType.row(projection.stream().map(field -> row.children().get(field)).toList());
    }
  }
}
