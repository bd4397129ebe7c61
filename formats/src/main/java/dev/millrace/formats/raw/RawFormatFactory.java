package dev.millrace.formats.raw;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.format.EncodingFormat;
import dev.millrace.engine.format.FormatContext;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.format.Framing;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The {@code raw} format: a record's bytes are the value of the table's only column. */
public final class RawFormatFactory implements FormatFactory {
  private static final Option<Charset> CHARSET =
      new Option<>("charset", Charset::forName, StandardCharsets.UTF_8);
  private static final Option<ByteOrder> ENDIANNESS =
      new Option<>("endianness", RawFormatFactory::byteOrder, ByteOrder.BIG_ENDIAN);

  private static ByteOrder byteOrder(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "big-endian" -> ByteOrder.BIG_ENDIAN;
      case "little-endian" -> ByteOrder.LITTLE_ENDIAN;
      default -> throw new IllegalArgumentException("expected big-endian or little-endian");
    };
  }

  @Override
  public String identifier() {
    return "raw";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(CHARSET, ENDIANNESS);
  }

  @Override
  public DecodingFormat decoding(FormatContext context) {
    RawType type = type(context);
    boolean projected = context.projection().length == 1 && context.uses().get(0) != null;
    return new RawDecodingFormat(type, projected);
  }

  @Override
  public EncodingFormat encoding(FormatContext context) {
    RawType type = type(context);
    return () -> new RawEncoder(type);
  }

  private static RawType type(FormatContext context) {
    Options options = context.options();
    DataType schema = context.schema();
    if (schema.children().size() != 1) {
      throw MillraceException.usage(
          "Format 'raw' of %s takes a single column, but the table has %d: %s."
              .formatted(options.owner(), schema.children().size(), schema));
    }
    DataType type = schema.child(0);
    String column = schema.children().get(0).name();
    if (type.is(TypeRoot.RAW)) {
      throw new UnsupportedException(
          "format 'raw' of %s: column '%s' of type %s".formatted(options.owner(), column, type));
    }
    return RawType.of(column, type, options.get(CHARSET), options.get(ENDIANNESS))
        .orElseThrow(
            () ->
                MillraceException.usage(
                    "Format 'raw' of %s: column '%s' is a %s, which it can't hold."
                        .formatted(options.owner(), column, type)));
  }

  private record RawDecodingFormat(RawType type, boolean projected) implements DecodingFormat {
    @Override
    public RawDecoder newDecoder() {
      return new RawDecoder(type, projected);
    }

    @Override
    public Framing framing() {
      return Framing.LINES;
    }
  }
}
