package dev.millrace.engine.checkpoint;

/**
 * The files of a snapshot, in version 2. What version 1 has otherwise stands at the end; it is
 * read, too, and a snapshot may have files of both.
 *
 * <p>All numbers are little-endian. A <i>string</i> is an int, its length in bytes, and its UTF-8
 * bytes. <i>Bits</i> are packed eight to a byte, the first in the lowest bit.
 *
 * <p><b>Files.</b> A snapshot is one <i>manifest</i> and any number of <i>parts</i>, each what one
 * instance of an operator kept:
 *
 * <pre>
 * JOB/manifests/EPOCH.manifest       written last: without it there is no snapshot
 * JOB/parts/EPOCH/NODE-SUBTASK.part  in EPOCH.2, EPOCH.3 ... where a failed attempt left EPOCH
 * </pre>
 *
 * <p>Both are a header and blocks, the last of which is END; nothing follows it.
 *
 * <pre>
 * header  int    magic: "MRPT" of a part, "MRMF" of a manifest
 *         int    version of the format: 2
 *         int    CRC32C of the eight bytes before; every version begins with these twelve bytes
 * block   byte   kind: 1 TABLE, 2 ROWS, 3 MANIFEST, 4 END, 5 INPUTS, 6 EVENTS
 *         int    length of the content
 *         int    length of the content as stored: as it is if both are equal, else one zstd frame
 *         int    CRC32C of the nine bytes before and of the content as stored
 *         bytes  the content as stored
 * END     long   length of the file before this block
 *         int    CRC32C of the file before this block
 * </pre>
 *
 * <p><b>Part.</b> Tables, each a TABLE block and any number of ROWS blocks, no two of one name; or
 * what the instance was given since the part before, an INPUTS block and any number of EVENTS
 * blocks.
 *
 * <pre>
 * TABLE   table
 * table   string name, int version, type of the row, int count of key columns, an int for each,
 *         byte shared (0, 1)
 * type    string family (a name of TypeRoot), byte nullable (0, 1), int precision, int scale,
 *         string name of a RAW type, int count of children, for each: string name, type
 * ROWS    batches, one after the other
 * batch   int count of rows, byte kinds (0: inserts only; 1: a byte for each row follows, the code
 *         of its RowKind), a column for each field of the row
 * INPUTS  int count of inputs, for each: type of its rows
 * EVENTS  events, one after the other
 * event   byte kind, then of 1 TIME (of the clock from here on): long milliseconds since 1970;
 *         2 START (the first but for TIME): long milliseconds, the watermark at that moment;
 *         3 BATCH: int input, batch; 4 WATERMARK: long milliseconds; 5 IDLE: byte (0, 1); 6 TICK:
 *         nothing; 7 END_OF_INPUT: int input
 * </pre>
 *
 * <p><i>Integers</i> are packed: long minimum; byte width (0 to 8); then for each value its lowest
 * byte, for each value its second byte, and so on for as many bytes as the width says, all of the
 * value less the minimum. The bytes of one place are much alike, which compresses well and fast.
 *
 * <p>A <i>column</i> of n values is a byte, 0 if none is null, 1 if bits follow that are set for
 * nulls, or 2 if all are null and nothing more follows; then, with zeros for nulls:
 *
 * <pre>
 * BOOLEAN                 n bits
 * BYTE, SHORT             n values of 1, 2 bytes
 * INT, LONG               n integers
 * FLOAT, DOUBLE           n values of 4, 8 bytes, IEEE 754
 * DECIMAL                 n integers, unscaled; of more than 18 digits: the lower halves, then
 *                         n integers, the upper halves
 * TIMESTAMP               n integers, milliseconds since 1970; byte nanos (0: all are zero; 1: n
 *                         integers follow, nanoseconds of the millisecond)
 * BYTES                   n integers, the lengths; the bytes of all
 * ARRAY                   n integers, the lengths; a column of the elements of all
 * MAP                     n integers, the lengths; a column of the keys of all, a column of the
 *                         values of all; those of a MULTISET are of INT, the counts
 * ROW                     a column for each field, in which the fields of null rows are null
 * OBJECT                  of type NULL only, whose values are all null
 * </pre>
 *
 * <p><b>Manifest.</b> One MANIFEST block:
 *
 * <pre>
 * long epoch, long time in milliseconds since 1970, string job
 * int count of properties, for each: string name, string value
 * int count of nodes, for each: int node, string name
 * int count of parts, for each: string name (below JOB/parts/, perhaps of another epoch),
 *     int node, int subtask, long length, int CRC32C of the whole file; those of one instance in
 *     the order in which they are to be read: tables first, then what it was given after these
 * int count of tables, for each: int node, table, long rows in all parts of the node
 * </pre>
 *
 * <p><b>Version 1.</b> Integers are n values one after the other, not packed: of 8 bytes in columns
 * of LONG, DECIMAL and TIMESTAMP, of 4 bytes elsewhere.
 */
final class SnapshotFormat {
  static final int VERSION = 2;

  /** The last version whose integers are not packed. */
  static final int PLAIN_INTEGERS = 1;

  static final int PART_MAGIC = 'M' | 'R' << 8 | 'P' << 16 | 'T' << 24;
  static final int MANIFEST_MAGIC = 'M' | 'R' << 8 | 'M' << 16 | 'F' << 24;
  static final int HEADER_BYTES = 12;

  static final byte TABLE = 1;
  static final byte ROWS = 2;
  static final byte MANIFEST = 3;
  static final byte END = 4;
  static final byte INPUTS = 5;
  static final byte EVENTS = 6;

  static final byte TIME = 1;
  static final byte START = 2;
  static final byte BATCH = 3;
  static final byte WATERMARK = 4;
  static final byte IDLE = 5;
  static final byte TICK = 6;
  static final byte END_OF_INPUT = 7;

  /** Kind and lengths, which the checksum behind them covers. */
  static final int BLOCK_LENGTHS_BYTES = 9;

  static final int BLOCK_HEADER_BYTES = 13;

  static final byte NO_NULLS = 0;
  static final byte SOME_NULLS = 1;
  static final byte ALL_NULL = 2;

  private SnapshotFormat() {}
}
