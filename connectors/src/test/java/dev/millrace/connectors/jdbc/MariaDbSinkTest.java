package dev.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MariaDbSinkTest extends JdbcSinkContract {
  @Override
  TestDatabase database() {
    return TestMariaDb.shared();
  }

  @Override
  List<String> typesInDatabase() {
    return List.of(
        "BOOLEAN",
        "TINYINT",
        "SMALLINT",
        "INT",
        "BIGINT",
        "FLOAT",
        "DOUBLE",
        "DECIMAL(7, 2)",
        "DECIMAL(26, 6)",
        "TEXT",
        "VARCHAR(2)",
        "BLOB",
        "DATE",
        "TIME(3)",
        "DATETIME(6)",
        "TIMESTAMP(6) NULL");
  }

  @Override
  List<String> ordinaryTexts() {
    return Arrays.asList(
        "1",
        "1",
        "2",
        "3",
        "4",
        "1.5",
        "2.25",
        "123.45",
        "12345678901234567890.123456",
        "tüx'\"\\€",
        "ab",
        "0001ff275c",
        "2024-02-29",
        "12:34:56.789",
        "2024-03-31 02:30:00.123456",
        "2024-10-27 00:30:00.123456");
  }

  @Override
  List<String> extremeTexts() {
    return Arrays.asList(
        "0",
        "-128",
        "-32768",
        "-2147483648",
        "-9223372036854775808",
        "-0.5",
        "-1e300",
        "-99999.99",
        "-99999999999999999999.999999",
        "",
        "x",
        "",
        "1970-01-01",
        "00:00:00.000",
        "1999-12-31 23:59:59.000000",
        "1970-01-02 00:00:00.000000");
  }

  @Test
  void theDriverOfMySqlWritesToo() {
    String target = database().table("by_mysql", "id INT PRIMARY KEY, at TIMESTAMP(3) NULL");
    TestTable table =
        TestTable.of(database(), target)
            .option("url", database().url().replace("jdbc:mariadb:", "jdbc:mysql:"))
            .column("id", INT)
            .column("at", type(TypeRoot.TIMESTAMP_LTZ, 3))
            .primaryKey(0);
    try (Writing writing = table.writing()) {
      for (int i = 0; i < 500; i++) {
        writing.insert(i, java.time.Instant.ofEpochSecond(1_000_000 + i));
      }
      writing.write().insert(3, null).delete(4, null).write().finish();
    }
    assertThat(
            database().query("SELECT COUNT(*), COUNT(at), SUM(UNIX_TIMESTAMP(at)) FROM " + target))
        .containsExactly(List.of("499", "498", "498124743.000"));
  }

  @Test
  void arraysAreRefusedByName() {
    TestTable table = TestTable.of(database(), "any").column("a", DataType.array(INT));
    assertThatThrownBy(table::sink)
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("ARRAY<INT> of column 'a' of table 't' in MariaDB");
  }
}
