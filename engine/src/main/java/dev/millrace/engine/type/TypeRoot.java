package dev.millrace.engine.type;

/** The families of SQL types; {@link DataType} adds length, precision, fields and nullability. */
public enum TypeRoot {
  CHAR(Storage.BYTES),
  VARCHAR(Storage.BYTES),
  BINARY(Storage.BYTES),
  VARBINARY(Storage.BYTES),
  BOOLEAN(Storage.BOOLEAN),
  TINYINT(Storage.BYTE),
  SMALLINT(Storage.SHORT),
  INT(Storage.INT),
  BIGINT(Storage.LONG),
  FLOAT(Storage.FLOAT),
  DOUBLE(Storage.DOUBLE),
  DECIMAL(Storage.DECIMAL),
  /** Days since 1970-01-01. */
  DATE(Storage.INT),
  /** Milliseconds of the day. */
  TIME(Storage.INT),
  /** Wall-clock time without a zone, as if it were UTC. */
  TIMESTAMP(Storage.TIMESTAMP),
  /** A point in time; shown in the session's zone. */
  TIMESTAMP_LTZ(Storage.TIMESTAMP),
  /** Months. */
  INTERVAL_YEAR_MONTH(Storage.INT),
  /** Milliseconds. */
  INTERVAL_DAY_TIME(Storage.LONG),
  ARRAY(Storage.ARRAY),
  MAP(Storage.MAP),
  /** Element to its number of occurrences (INT). */
  MULTISET(Storage.MAP),
  ROW(Storage.ROW),
  /** The type of a bare NULL. */
  NULL(Storage.OBJECT),
  /** A value that SQL cannot look into: RAW, VARIANT and the like. */
  RAW(Storage.OBJECT);

  private final Storage storage;

  TypeRoot(Storage storage) {
    this.storage = storage;
  }

  /** Which vector class holds values of this family. */
  public Storage storage() {
    return storage;
  }
}
