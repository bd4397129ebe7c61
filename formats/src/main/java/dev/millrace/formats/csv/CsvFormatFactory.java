package dev.millrace.formats.csv;

import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.format.EncodingFormat;
import dev.millrace.engine.format.FormatContext;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.format.Framing;
import dev.millrace.engine.format.Quoting;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** The {@code csv} format: one line of delimited fields a record, in the order of the columns. */
public final class CsvFormatFactory implements FormatFactory {
  @Override
  public String identifier() {
    return "csv";
  }

  @Override
  public List<Option<?>> options() {
    return CsvOptions.ALL;
  }

  @Override
  public DecodingFormat decoding(FormatContext context) {
    CsvColumns.check(context.schema(), context.options().owner());
    return new CsvDecodingFormat(context, CsvOptions.of(context.options()));
  }

  @Override
  public EncodingFormat encoding(FormatContext context) {
    CsvColumns.check(context.schema(), context.options().owner());
    CsvOptions options = CsvOptions.of(context.options());
    DataType rowType = context.projectedRow();
    return () -> new CsvEncoder(rowType, options);
  }

  private record CsvDecodingFormat(FormatContext context, CsvOptions options)
      implements DecodingFormat {
    @Override
    public Decoder newDecoder() {
      int count = context.schema().children().size();
      CsvColumn[] columns = new CsvColumn[count];
      int[] targets = new int[count];
      for (int i = 0; i < context.projection().length; i++) {
        int column = context.projection()[i];
        if (context.uses().get(i) != null) {
          columns[column] = CsvColumns.of(context.schema().children().get(column), options);
          targets[column] = i;
        }
      }
      return new CsvDecoder(options, columns, targets, context.projection().length);
    }

    @Override
    public Framing framing() {
      return options.quote() == CsvOptions.NONE ? Framing.LINES : Framing.QUOTED_LINES;
    }

    @Override
    public Quoting quoting() {
      byte quote = (byte) options.quote();
      byte escape = options.escape() == CsvOptions.NONE ? quote : (byte) options.escape();
      return new Quoting(options.delimiter(), quote, escape);
    }
  }
}
