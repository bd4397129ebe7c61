package dev.millrace.engine.checkpoint;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a snapshot says of itself and of the job that it was made of.
 *
 * @param epoch its number, counted up within a job
 * @param timeMillis when it was begun, in milliseconds since 1970
 * @param job the job's name
 * @param properties anything worth knowing, for example the version of the engine
 * @param nodes a name or description of each node by its id, to tell people and to match nodes by
 */
public record SnapshotInfo(
    long epoch,
    long timeMillis,
    String job,
    Map<String, String> properties,
    Map<Integer, String> nodes) {
  public SnapshotInfo {
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    nodes = Collections.unmodifiableMap(new TreeMap<>(nodes));
  }

  void encode(ByteWriter to) {
    to.putLong(epoch);
    to.putLong(timeMillis);
    to.putString(job);
    to.putInt(properties.size());
    properties.forEach(
        (name, value) -> {
          to.putString(name);
          to.putString(value);
        });
    to.putInt(nodes.size());
    nodes.forEach(
        (node, name) -> {
          to.putInt(node);
          to.putString(name);
        });
  }

  static SnapshotInfo decode(ByteReader from) throws DamagedFileException {
    long epoch = from.getLong();
    long timeMillis = from.getLong();
    String job = from.getString();
    Map<String, String> properties = new TreeMap<>();
    for (int count = from.getCount(); count > 0; count--) {
      properties.put(from.getString(), from.getString());
    }
    Map<Integer, String> nodes = new TreeMap<>();
    for (int count = from.getCount(); count > 0; count--) {
      nodes.put(from.getInt(), from.getString());
    }
    return new SnapshotInfo(epoch, timeMillis, job, properties, nodes);
  }
}
