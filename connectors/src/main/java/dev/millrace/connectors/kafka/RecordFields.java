package dev.millrace.connectors.kafka;

import dev.millrace.connectors.kafka.KafkaOptions.ValueFields;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the physical columns of a table spread over a record's key and value.
 *
 * @param schema a ROW of all physical columns
 * @param key positions in the schema of the key's columns, in the key's order; empty without a key
 * @param value positions in the schema of the value's columns
 * @param keyPrefix what the key columns' names have in front in the schema, but not in the key
 * @param keyFormat the key format's name, or null
 * @param keyOptions what precedes the key format's options
 * @param valueFormat the value format's name
 * @param valueOptions what precedes the value format's options
 */
record RecordFields(
    DataType schema,
    int[] key,
    int[] value,
    String keyPrefix,
    String keyFormat,
    String keyOptions,
    String valueFormat,
    String valueOptions) {

  /** The fields of a {@code kafka} table. */
  static RecordFields ofKafka(DataType schema, Options options) {
    String keyFormat = options.get(KafkaOptions.KEY_FORMAT);
    List<String> keyFields = options.get(KafkaOptions.KEY_FIELDS);
    if ((keyFormat == null) != keyFields.isEmpty()) {
      throw MillraceException.usage(
          keyFormat == null
              ? "Option 'key.fields' of %s needs the option 'key.format'."
                  .formatted(options.owner())
              : "Option 'key.format' of %s needs the option 'key.fields'."
                  .formatted(options.owner()));
    }
    int[] key = keyFields.stream().mapToInt(field -> keyColumn(schema, field, options)).toArray();
    String format = options.get(KafkaOptions.FORMAT);
    if (format != null) {
      return of(schema, key, keyFormat, format, format + ".", options);
    }
    return of(schema, key, keyFormat, valueFormat(options), null, options);
  }

  /** The fields of an {@code upsert-kafka} table, whose key is the primary key. */
  static RecordFields ofUpsertKafka(DataType schema, int[] primaryKey, Options options) {
    if (primaryKey.length == 0) {
      throw MillraceException.usage(
          "%s needs a PRIMARY KEY: its columns are the key of the Kafka records."
              .formatted(capitalised(options.owner())));
    }
    String keyFormat = options.require(KafkaOptions.KEY_FORMAT);
    for (int column : primaryKey) {
      checkPrefix(schema.children().get(column).name(), "The primary key", options);
    }
    return of(
        schema, primaryKey, keyFormat, options.require(KafkaOptions.VALUE_FORMAT), null, options);
  }

  private static RecordFields of(
      DataType schema,
      int[] key,
      String keyFormat,
      String valueFormat,
      String valueOptions,
      Options options) {
    return new RecordFields(
        schema,
        key,
        valueColumns(schema, key, options),
        options.get(KafkaOptions.KEY_FIELDS_PREFIX),
        keyFormat,
        "key." + keyFormat + ".",
        valueFormat,
        valueOptions == null ? "value." + valueFormat + "." : valueOptions);
  }

  private static String valueFormat(Options options) {
    String format = options.get(KafkaOptions.VALUE_FORMAT);
    if (format == null) {
      throw MillraceException.usage(
          "Option 'format' (or 'value.format') is missing from %s.".formatted(options.owner()));
    }
    return format;
  }

  private static int keyColumn(DataType schema, String field, Options options) {
    int column = schema.indexOf(field);
    if (column < 0) {
      List<String> names = schema.children().stream().map(DataType.Field::name).toList();
      throw MillraceException.usage(
          "Option 'key.fields' of %s names '%s', which is no physical column%s"
              .formatted(options.owner(), field, Nearest.hint(field, names)));
    }
    checkPrefix(field, "Option 'key.fields'", options);
    return column;
  }

  private static void checkPrefix(String field, String where, Options options) {
    String prefix = options.get(KafkaOptions.KEY_FIELDS_PREFIX);
    if (!field.startsWith(prefix)) {
      throw MillraceException.usage(
          "%s of %s names '%s', which does not begin with the 'key.fields-prefix' '%s'."
              .formatted(where, options.owner(), field, prefix));
    }
  }

  private static int[] valueColumns(DataType schema, int[] key, Options options) {
    IntStream all = IntStream.range(0, schema.children().size());
    if (options.get(KafkaOptions.VALUE_FIELDS_INCLUDE) == ValueFields.EXCEPT_KEY) {
      return all.filter(column -> Arrays.stream(key).noneMatch(k -> k == column)).toArray();
    }
    Option<String> prefix = KafkaOptions.KEY_FIELDS_PREFIX;
    if (!options.get(prefix).isEmpty()) {
      throw MillraceException.usage(
          "Option '%s' of %s needs 'value.fields-include' = 'EXCEPT_KEY', so that no field is there twice."
              .formatted(prefix.name(), options.owner()));
    }
    return all.toArray();
  }

  /** The text with its first letter in upper case. */
  static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  boolean hasKey() {
    return keyFormat != null;
  }

  /** The ROW that a record's key holds, its fields named without the prefix. */
  DataType keyRow() {
    List<DataType.Field> fields = new ArrayList<>();
    for (int column : key) {
      DataType.Field field = schema.children().get(column);
      fields.add(new DataType.Field(field.name().substring(keyPrefix.length()), field.type()));
    }
    return DataType.row(fields);
  }

  /** The ROW that a record's value holds. */
  DataType valueRow() {
    return DataType.row(
        Arrays.stream(value).mapToObj(column -> schema.children().get(column)).toList());
  }
}
