package dev.millrace.formats;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Options;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatOptionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"json", "csv", "raw"})
  void anOptionThatTheFormatDoesNotKnowIsRefusedUnderItsWholeName(String format) {
    Options table = new Options("table 't'", Map.of("value." + format + ".newest-of-all", "x"));
    FormatFactory factory = FormatRegistry.load(getClass().getClassLoader()).find(format, table);
    assertThatThrownBy(() -> FormatRegistry.check(factory, table.prefixed("value." + format + ".")))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Unknown option 'value.%s.newest-of-all' of table 't'.", format);
  }
}
