package dev.millrace.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.plan.document.PlanDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Compiled plans as Flink 2.3 wrote them, with {@code table.plan.compile.catalog-objects = ALL}, of
 * the SQL files that stand beside them in the test resources.
 */
public final class Golden {
  private Golden() {}

  public static String json(String name) {
    try (InputStream stream = Golden.class.getResourceAsStream(name + ".json")) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static PlanDocument document(String name) {
    return PlanDocument.parse(json(name), name);
  }

  /** The tree of JSON that is written with single quotes. */
  public static JsonNode quoted(String json) {
    return tree(json.replace('\'', '"'));
  }

  public static JsonNode tree(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
