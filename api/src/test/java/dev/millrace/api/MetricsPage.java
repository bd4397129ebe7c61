package dev.millrace.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** What a job with a metrics port says over HTTP. */
final class MetricsPage {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private MetricsPage() {}

  static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** The lines of all series of a metric: its labels and its value. */
  static List<String> series(Job job, String metric) throws IOException, InterruptedException {
    String page = get(job.metricsAddress().orElseThrow()).body();
    return page.lines().filter(line -> line.startsWith(metric + "{")).toList();
  }

  /** The number at the end of a line. */
  static long value(String series) {
    return Math.round(Double.parseDouble(series.substring(series.lastIndexOf(' ') + 1)));
  }
}
