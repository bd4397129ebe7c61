package dev.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgreSqlSinkTest extends JdbcSinkContract {
  @Override
  TestDatabase database() {
    return TestPostgres.shared();
  }

  @Override
  List<String> typesInDatabase() {
    return List.of(
        "BOOLEAN",
        "SMALLINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "REAL",
        "DOUBLE PRECISION",
        "NUMERIC(7, 2)",
        "NUMERIC",
        "TEXT",
        "VARCHAR(2)",
        "BYTEA",
        "DATE",
        "TIME",
        "TIMESTAMP",
        "TEXT");
  }

  @Override
  List<String> ordinaryTexts() {
    return Arrays.asList(
        "t",
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
        "2024-10-27 02:30:00.123456+02");
  }

  @Override
  List<String> extremeTexts() {
    return Arrays.asList(
        "f",
        "-128",
        "-32768",
        "-2147483648",
        "-9223372036854775808",
        "-0.5",
        "-1e+300",
        "-99999.99",
        "-99999999999999999999.999999",
        "",
        "x",
        "",
        "1970-01-01",
        "00:00:00",
        "1999-12-31 23:59:59",
        "1970-01-02 01:00:00+01");
  }

  private String text(String column, String table) {
    return database().query("SELECT " + column + "::text FROM " + table).get(0).get(0);
  }

  @Test
  void pointsInTimeAreStoredAsSuchOrInTheScriptsZone() {
    String target =
        database().table("instants", "z TIMESTAMPTZ, local TIMESTAMP, back TIMESTAMPTZ");
    TestTable table =
        TestTable.of(database(), target)
            .column("z", type(TypeRoot.TIMESTAMP_LTZ, 3))
            .column("local", type(TypeRoot.TIMESTAMP_LTZ, 3))
            .column("back", type(TypeRoot.TIMESTAMP, 3));
    try (Writing writing = table.writing()) {
      Instant instant = Instant.parse("2024-07-01T10:00:00Z");
      writing.insert(instant, instant, LocalDateTime.of(2024, 7, 1, 12, 0)).write().finish();
    }
    assertThat(text("z AT TIME ZONE 'UTC'", target)).isEqualTo("2024-07-01 10:00:00");
    assertThat(text("local", target)).isEqualTo("2024-07-01 12:00:00");
    assertThat(text("back AT TIME ZONE 'UTC'", target)).isEqualTo("2024-07-01 10:00:00");
  }

  @Test
  void offsetsAreNotTurnedRound() {
    assertThat(new PostgreSql().sessionSetup(java.time.ZoneId.of("GMT+02:00")))
        .contains("SET TIME ZONE INTERVAL '120' MINUTE");
    assertThat(new PostgreSql().sessionSetup(TestTable.ZONE))
        .contains("SET TIME ZONE 'Europe/Paris'");
  }

  @Test
  void arraysOfSingleValuesArrive() {
    String target =
        database().table("arrays", "a INT[], b TEXT[], c NUMERIC[], d TIMESTAMPTZ[], e BYTEA[]");
    TestTable table =
        TestTable.of(database(), target)
            .column("a", DataType.array(INT))
            .column("b", DataType.array(DataType.string()))
            .column("c", DataType.array(DataType.decimal(5, 2)))
            .column("d", DataType.array(type(TypeRoot.TIMESTAMP_LTZ, 3)))
            .column("e", DataType.array(DataType.bytes()));
    try (Writing writing = table.writing()) {
      writing
          .insert(
              Arrays.asList(1, null, 3),
              List.of("x,y", "\"", ""),
              List.of(new BigDecimal("1.25")),
              List.of(Instant.parse("2024-07-01T10:00:00Z")),
              List.of(new byte[] {1, 2}))
          .insert(null, List.of(), null, null, null)
          .write()
          .finish();
    }
    assertThat(
            database()
                .query(
                    "SELECT a, b, c, d[1] AT TIME ZONE 'UTC', e[1] FROM " + target + " ORDER BY a"))
        .containsExactly(
            Arrays.asList(
                "{1,NULL,3}", "{\"x,y\",\"\\\"\",\"\"}", "{1.25}", "2024-07-01 10:00:00", "0102"),
            Arrays.asList(null, "{}", null, null, null));
  }

  @Test
  void aTextBecomesWhateverTheColumnIs() {
    String target = database().table("texts", "id UUID PRIMARY KEY, doc JSONB");
    TestTable table =
        TestTable.of(database(), target)
            .column("id", DataType.string())
            .column("doc", DataType.string())
            .primaryKey(0);
    String id = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
    try (Writing writing = table.writing()) {
      writing.insert(id, "{\"a\":1}").insert("00000000-0000-0000-0000-000000000000", null);
      writing.delete("00000000-0000-0000-0000-000000000000", null).write().finish();
    }
    assertThat(database().query("SELECT id, doc->>'a' FROM " + target))
        .containsExactly(List.of(id, "1"));
  }

  @Test
  void capitalsInNamesDoNotMatterAndSchemasAreKnown() {
    database().execute("CREATE SCHEMA IF NOT EXISTS other");
    database().execute("CREATE TABLE other.orders (userId INT, \"Mixed\" INT)");
    TestTable table =
        TestTable.of(database(), "other.Orders").column("userId", INT).column("\"Mixed\"", INT);
    try (Writing writing = table.writing()) {
      writing.insert(1, 2).write().finish();
    }
    assertThat(database().query("SELECT * FROM other.orders")).containsExactly(List.of("1", "2"));
  }

  @Test
  void typesThatNoColumnHoldsAreRefusedByName() {
    TestTable table =
        TestTable.of(database(), "any")
            .column("m", DataType.map(INT, INT))
            .column("nested", DataType.array(DataType.array(INT)));
    assertThatThrownBy(table::sink)
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("MAP<INT, INT> of column 'm' of table 't' in PostgreSQL")
        .hasMessageContaining("ARRAY<ARRAY<INT>> of column 'nested'");
  }
}
