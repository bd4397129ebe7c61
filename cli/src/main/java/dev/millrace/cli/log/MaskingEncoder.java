package dev.millrace.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.millrace.engine.option.Placeholders;
import java.nio.charset.StandardCharsets;

/**
 * Puts the placeholder back wherever a log line, or a stack trace in it, holds the value that a
 * placeholder stood for.
 */
final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
  private final Encoder<ILoggingEvent> lines;

  /** {@code lines} writes UTF-8. */
  MaskingEncoder(Encoder<ILoggingEvent> lines) {
    this.lines = lines;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return masked(lines.encode(event));
  }

  @Override
  public byte[] headerBytes() {
    return lines.headerBytes();
  }

  @Override
  public byte[] footerBytes() {
    return lines.footerBytes();
  }

  private static byte[] masked(byte[] line) {
    return Placeholders.ofProcess()
        .mask(new String(line, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }
}
