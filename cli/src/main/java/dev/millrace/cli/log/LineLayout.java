package dev.millrace.cli.log;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;

/** One line an event. Its pattern is parsed with the first one: most runs log nothing. */
final class LineLayout extends LayoutBase<ILoggingEvent> {
  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %msg%replace( %ex{0}){'^ $|\\s*\\n\\s*', ''}%n";

  private PatternLayout pattern;

  @Override
  public synchronized String doLayout(ILoggingEvent event) {
    if (pattern == null) {
      pattern = new PatternLayout();
      pattern.setContext(getContext());
      pattern.setPattern(PATTERN);
      pattern.start();
    }
    return pattern.doLayout(event);
  }
}
