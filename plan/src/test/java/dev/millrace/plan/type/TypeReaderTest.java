package dev.millrace.plan.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.plan.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeReaderTest {
  private static final long SEED = Long.getLong("millrace.random.seed", System.nanoTime());

  private static final List<DataType> FLAT =
      List.of(
          DataType.of(TypeRoot.CHAR, 7),
          DataType.string(),
          DataType.of(TypeRoot.VARCHAR, 1),
          DataType.bytes(),
          DataType.of(TypeRoot.BINARY, 16),
          DataType.decimal(38, 18),
          DataType.of(TypeRoot.TIME),
          DataType.of(TypeRoot.TIMESTAMP, 9),
          DataType.of(TypeRoot.TIMESTAMP_LTZ, 3),
          DataType.of(TypeRoot.DOUBLE),
          DataType.of(TypeRoot.INT).withNullable(false),
          DataType.raw("RAW('a.b.C', 'AA==')"));

  private static DataType read(String text) {
    return TypeReader.read(new TextNode(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CHAR(3)|CHAR(3)",
        "VARCHAR(2147483647)|STRING",
        "VARCHAR(5) NOT NULL|VARCHAR(5) NOT NULL",
        "BOOLEAN NOT NULL|BOOLEAN NOT NULL",
        "BINARY(2)|BINARY(2)",
        "VARBINARY(2147483647)|BYTES",
        "DECIMAL(10, 2)|DECIMAL(10, 2)",
        "TINYINT|TINYINT",
        "SMALLINT|SMALLINT",
        "INT|INT",
        "BIGINT|BIGINT",
        "FLOAT|FLOAT",
        "DOUBLE|DOUBLE",
        "DATE|DATE",
        "TIME(3)|TIME(3)",
        "TIMESTAMP(9)|TIMESTAMP(9)",
        "TIMESTAMP(3) WITH LOCAL TIME ZONE NOT NULL|TIMESTAMP_LTZ(3) NOT NULL",
        "TIMESTAMP(3) WITH TIME ZONE|TIMESTAMP(3) WITH TIME ZONE",
        "INTERVAL YEAR(2) TO MONTH NOT NULL|INTERVAL YEAR TO MONTH NOT NULL",
        "INTERVAL MONTH|INTERVAL YEAR TO MONTH",
        "INTERVAL YEAR(4)|INTERVAL YEAR TO MONTH",
        "INTERVAL DAY(2)|INTERVAL DAY TO SECOND(0)",
        "INTERVAL DAY(2) TO SECOND(6)|INTERVAL DAY TO SECOND(6)",
        "INTERVAL SECOND(6) NOT NULL|INTERVAL DAY TO SECOND(6) NOT NULL",
        "INTERVAL HOUR TO MINUTE|INTERVAL DAY TO SECOND(0)",
        "ARRAY<INT NOT NULL> NOT NULL|ARRAY<INT NOT NULL> NOT NULL",
        "MULTISET<CHAR(2)>|MULTISET<CHAR(2)>",
        "MAP<VARCHAR(2147483647), ROW<`a` INT>>|MAP<STRING, ROW<`a` INT>>",
        "ROW<>|ROW<>",
        "ROW<`a` INT NOT NULL, `b c` ARRAY<DATE>> NOT NULL|ROW<`a` INT NOT NULL, `b c` ARRAY<DATE>> NOT NULL",
        "ROW<`a` INT 'it''s a comment', `b` DATE>|ROW<`a` INT, `b` DATE>",
        "STRUCTURED<'com.example.User', `name` VARCHAR(9), `age` INT NOT NULL> NOT NULL|ROW<`name` VARCHAR(9), `age` INT NOT NULL> NOT NULL",
        "STRUCTURED<'com.example.Empty'>|ROW<>",
        "RAW('com.example.User', 'AGg=') NOT NULL|RAW('com.example.User', 'AGg=') NOT NULL",
        "NULL|NULL",
        "VARIANT NOT NULL|VARIANT NOT NULL",
        "DESCRIPTOR|DESCRIPTOR",
      })
  void readsTextualTypes(String notation, String sql) {
    assertThat(read(notation)).hasToString(sql);
  }

  @Test
  void aDoubledQuoteInAFieldNameStandsForOne() {
    assertThat(read("ROW<`a``b>` INT>").children().get(0).name()).isEqualTo("a`b>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'CHAR','nullable':false,'length':0}|CHAR(0) NOT NULL",
        "{'type':'VARCHAR','length':0}|VARCHAR(0)",
        "{'type':'TIMESTAMP_WITHOUT_TIME_ZONE','precision':3,'kind':'ROWTIME'}|TIMESTAMP(3)",
        "{'type':'TIMESTAMP_WITH_LOCAL_TIME_ZONE','nullable':false,'precision':3,'kind':'PROCTIME'}|TIMESTAMP_LTZ(3) NOT NULL",
        "{'type':'ARRAY','elementType':{'type':'CHAR','length':0}}|ARRAY<CHAR(0)>",
        "{'type':'MULTISET','elementType':'INT'}|MULTISET<INT>",
        "{'type':'MAP','keyType':'INT NOT NULL','valueType':{'type':'VARCHAR','length':0}}|MAP<INT NOT NULL, VARCHAR(0)>",
        "{'type':'ROW','nullable':false,'fields':[{'name':'a','fieldType':'INT'},{'name':'b','fieldType':{'type':'CHAR','length':0},'description':'x'}]}|ROW<`a` INT, `b` CHAR(0)> NOT NULL",
        "{'type':'STRUCTURED_TYPE','implementationClass':'x.U','attributes':[{'name':'a','attributeType':'INT'}]}|ROW<`a` INT>",
        "{'type':'DISTINCT_TYPE','objectIdentifier':'`c`.`d`.`t`','sourceType':'INT NOT NULL'}|INT",
        "{'type':'RAW','class':'x.U','specialSerializer':'NULL'}|RAW('x.U')",
        "{'type':'SYMBOL','nullable':false}|SYMBOL NOT NULL",
        "{'type':'VARIANT'}|VARIANT",
        "{'logicalType':'ARRAY<INT>','conversionClass':'java.util.List'}|ARRAY<INT>",
      })
  void readsTypesThatAreObjects(String json, String sql) {
    assertThat(TypeReader.read(Golden.quoted(json))).hasToString(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "INTEGERS", "ARRAY<INT", "ROW<a INT>", "DECIMAL(x)", "INT NOT", "INT INT"})
  void aTypeThatCannotBeReadIsAUsersErrorThatNamesIt(String notation) {
    assertThatThrownBy(() -> read(notation))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'" + notation + "'")
        .hasMessageContaining("expected");
  }

  /** Our own notation of a type is, but for TIMESTAMP_LTZ and intervals, also Flink's. */
  @Test
  void readsWhatATypePrints() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      DataType type = type(random, 4);
      assertThat(read(type.toString())).as("%s, seed %d", type, SEED).isEqualTo(type);
    }
  }

  private static DataType type(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 2 : 6)) {
      case 0 -> flat(random);
      case 1 -> flat(random).withNullable(false);
      case 2 -> DataType.array(type(random, depth - 1));
      case 3 -> DataType.multiset(type(random, depth - 1));
      case 4 -> DataType.map(type(random, depth - 1), DataType.of(TypeRoot.DATE));
      default ->
          row(Stream.generate(() -> type(random, depth - 1)).limit(random.nextInt(4)).toList());
    };
  }

  private static DataType flat(Random random) {
    return FLAT.get(random.nextInt(FLAT.size()));
  }

  private static DataType row(List<DataType> types) {
    List<DataType.Field> fields = new ArrayList<>();
    for (DataType type : types) {
      fields.add(new DataType.Field("f " + fields.size(), type));
    }
    return DataType.row(fields).withNullable(types.size() % 2 == 0);
  }
}
