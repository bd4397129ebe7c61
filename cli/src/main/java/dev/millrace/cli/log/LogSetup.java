package dev.millrace.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Configures Logback in code, which starts faster than from XML: one line an event, to standard
 * error, warnings and errors of libraries only.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  /** How a log line looks. */
  public enum Format {
    TEXT,
    JSON
  }

  private static final String OWN = "dev.millrace";
  private static final String[] CHATTY = {
    // Their failures reach the user as the job's own error; what they warn of meanwhile is noise.
    "org.apache.kafka", "org.apache.flink", "kafka", "state", "software.amazon"
  };

  private static volatile Format format = Format.TEXT;
  private static volatile boolean verbose;

  /** Starts Logback; a logger that another thread asks for meanwhile would be SLF4J's stand-in. */
  public static synchronized void start() {
    LoggerFactory.getILoggerFactory();
  }

  /** Sets how and how much is logged from here on; starts Logback if nothing has. */
  public static synchronized void configure(Format newFormat, boolean isVerbose) {
    format = newFormat;
    verbose = isVerbose;
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext started) {
      started.reset();
      LogSetup setup = new LogSetup();
      setup.setContext(started);
      setup.configure(started);
    }
  }

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(loggers);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(new MaskingEncoder(encoder(loggers)));
    appender.start();
    loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    loggers
        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
        .setLevel(verbose ? Level.INFO : Level.WARN);
    loggers.getLogger(OWN).setLevel(verbose ? Level.DEBUG : Level.INFO);
    for (String name : CHATTY) {
      loggers.getLogger(name).setLevel(verbose ? Level.INFO : Level.ERROR);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext loggers) {
    if (format == Format.JSON) {
      JsonEncoder json = new JsonEncoder();
      json.setContext(loggers);
      json.setWithArguments(false);
      json.setWithContext(false);
      json.setWithSequenceNumber(false);
      json.setWithNanoseconds(false);
      json.setWithMessage(false);
      json.setWithFormattedMessage(true);
      json.start();
      return json;
    }
    LayoutWrappingEncoder<ILoggingEvent> text = new LayoutWrappingEncoder<>();
    text.setContext(loggers);
    text.setCharset(StandardCharsets.UTF_8);
    LineLayout layout = new LineLayout();
    layout.setContext(loggers);
    layout.start();
    text.setLayout(layout);
    text.start();
    return text;
  }
}
