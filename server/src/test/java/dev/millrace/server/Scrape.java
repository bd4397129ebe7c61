package dev.millrace.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The series of a text in Prometheus' format, by name and labels as they stand there. */
record Scrape(String text, Map<String, Double> series) {
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) [a-z_:][a-z0-9_:]* .+");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_:][a-z0-9_:]*(?:\\{(?:[a-z_]+=\"[^\"]*\",?)+})?) (NaN|[+-]?Inf|[-+.0-9eE]+)");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Answers of pages that are asked for by GET. */
  static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  /** What the page shows now; an error if a line of it is not of the format. */
  static Scrape of(URI uri) throws IOException, InterruptedException {
    String text = get(uri).body();
    Map<String, Double> series = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        Double before = series.put(sample.group(1), number(sample.group(2)));
        if (before != null) {
          throw new AssertionError("twice: " + line);
        }
      } else if (!COMMENT.matcher(line).matches()) {
        throw new AssertionError("not of the format: " + line);
      }
    }
    return new Scrape(text, series);
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  /** A number of an operator's instance in a job called test; null if it is not there. */
  Double of(String name, String operator, int instance) {
    return series.get(
        "%s{job_name=\"test\",operator_name=\"%s\",subtask_index=\"%d\"}"
            .formatted(name, operator, instance));
  }
}
