package dev.millrace.engine.checkpoint;

import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a snapshot says of a table, as {@link StateTable} has it.
 *
 * @param name unique within its operator
 * @param version of what the rows mean
 * @param row the ROW of the columns
 * @param key the columns whose hash decides the key group of a row
 * @param shared whether all instances get all rows
 */
public record TableInfo(String name, int version, DataType row, List<Integer> key, boolean shared) {
  public TableInfo {
    key = List.copyOf(key);
  }

  public static TableInfo of(StateTable table) {
    return new TableInfo(table.name(), table.version(), table.row(), table.key(), table.shared());
  }

  void encode(ByteWriter to) {
    to.putString(name);
    to.putInt(version);
    DataTypeCodec.encode(row, to);
    to.putInt(key.size());
    key.forEach(to::putInt);
    to.putBoolean(shared);
  }

  static TableInfo decode(ByteReader from) throws DamagedFileException {
    String name = from.getString();
    int version = from.getInt();
    DataType row = DataTypeCodec.decode(from);
    List<Integer> key = new ArrayList<>();
    for (int count = from.getCount(); count > 0; count--) {
      key.add(from.getInt());
    }
    return new TableInfo(name, version, row, key, from.getBoolean());
  }
}
