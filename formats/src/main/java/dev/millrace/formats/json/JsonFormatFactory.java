package dev.millrace.formats.json;

import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.format.EncodingFormat;
import dev.millrace.engine.format.FormatContext;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.format.Framing;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** The {@code json} format: one object, or array of objects, a record. */
public final class JsonFormatFactory implements FormatFactory {
  @Override
  public String identifier() {
    return "json";
  }

  @Override
  public List<Option<?>> options() {
    return JsonOptions.ALL;
  }

  @Override
  public DecodingFormat decoding(FormatContext context) {
    JsonDecodingFormat format = new JsonDecodingFormat(context, JsonOptions.of(context.options()));
    format.newDecoder();
    return format;
  }

  @Override
  public EncodingFormat encoding(FormatContext context) {
    JsonOptions options = JsonOptions.of(context.options());
    String owner = context.options().owner();
    DataType rowType = context.projectedRow();
    EncodingFormat format = () -> new JsonEncoder(rowType, options, owner);
    format.newEncoder();
    return format;
  }

  private record JsonDecodingFormat(FormatContext context, JsonOptions options)
      implements DecodingFormat {
    @Override
    public Decoder newDecoder() {
      DataType rowType = context.projectedRow();
      Readers readers = new Readers(options, context.options().owner(), rowType);
      return new JsonDecoder(
          readers.object("", rowType, context.uses()), options.ignoreParseErrors());
    }

    @Override
    public Framing framing() {
      return Framing.LINES;
    }
  }
}
