package dev.millrace.connectors.testing;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.format.Encoder;
import dev.millrace.engine.format.EncodingFormat;
import dev.millrace.engine.format.FormatContext;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.format.Framing;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Records of one text column, as they are. A record {@code broken} fails; {@code skipped} is passed
 * over; what an option names as header stands before the others.
 */
public final class TextFormat implements FormatFactory {
  private static final Option<Boolean> QUOTED = Option.bool("quoted", false);
  private static final Option<Integer> HEADER_LINES = Option.integer("header-lines", 0);
  private static final Option<String> HEADER = Option.text("header", "");

  @Override
  public String identifier() {
    return "text";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(QUOTED, HEADER_LINES, HEADER);
  }

  @Override
  public DecodingFormat decoding(FormatContext context) {
    Options options = context.options();
    return new DecodingFormat() {
      @Override
      public Decoder newDecoder() {
        return TextFormat::decode;
      }

      @Override
      public Framing framing() {
        return options.get(QUOTED) ? Framing.QUOTED_LINES : Framing.LINES;
      }

      @Override
      public int headerLines() {
        return options.get(HEADER_LINES);
      }
    };
  }

  private static void decode(RecordBlock records, DecodeOutput output) {
    output.rows().useHeap(ByteHeap.wrap(records.data(), records.dataEnd()));
    for (int i = 0; i < records.count(); i++) {
      int start = records.starts()[i];
      int length = records.lengths()[i];
      switch (new String(records.data(), start, length, StandardCharsets.UTF_8)) {
        case "broken" -> output.fail(i, "it is broken", null);
        case "skipped" -> output.skip(i, "it is broken", null);
        default -> {
          ((BytesBuilder) output.rows().column(0)).appendRange(start, length);
          output.endRow(i);
        }
      }
    }
  }

  @Override
  public EncodingFormat encoding(FormatContext context) {
    byte[] header = context.options().get(HEADER).getBytes(StandardCharsets.UTF_8);
    return () ->
        new Encoder() {
          @Override
          public byte[] fileHeader() {
            return header;
          }

          @Override
          public void encode(Batch batch, RecordBlockBuilder output) {
            BytesVector texts = (BytesVector) batch.column(0);
            for (int i = 0; i < batch.rowCount(); i++) {
              output.add(texts.data(), texts.starts()[i], texts.lengths()[i]);
            }
          }
        };
  }
}
