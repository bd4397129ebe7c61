package dev.millrace.connectors.s3;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * How S3 is reached, by the names of Flink's options.
 *
 * @param accessKey null if the keys are those that AWS's tools would find
 * @param secretKey null along with the access key
 * @param endpoint null for Amazon's own
 * @param region null for the one that AWS's tools would find
 * @param pathStyle whether the bucket stands in the path of a URL, not in its host
 */
record S3Settings(
    String accessKey, String secretKey, URI endpoint, String region, boolean pathStyle) {
  static final Option<String> ACCESS_KEY = Option.text("s3.access-key");
  static final Option<String> SECRET_KEY = Option.text("s3.secret-key");
  static final Option<String> ENDPOINT = Option.text("s3.endpoint");
  static final Option<String> REGION = Option.text("s3.region");

  /** As Flink's Hadoop and Presto file systems call it. */
  static final Option<Boolean> PATH_STYLE = Option.bool("s3.path.style.access", null);

  /** As Flink's own file system for S3 calls it. */
  static final Option<Boolean> NATIVE_PATH_STYLE = Option.bool("s3.path-style-access", null);

  static S3Settings of(Options options) {
    String accessKey = options.get(ACCESS_KEY);
    String secretKey = options.get(SECRET_KEY);
    if ((accessKey == null) != (secretKey == null)) {
      throw MillraceException.usage(
          "'%s' and '%s' belong together: set both, or none to use the keys of the environment."
              .formatted(ACCESS_KEY.name(), SECRET_KEY.name()));
    }
    URI endpoint = options.find(ENDPOINT).map(S3Settings::parse).orElse(null);
    Option<Boolean> pathStyle = options.has(PATH_STYLE) ? PATH_STYLE : NATIVE_PATH_STYLE;
    return new S3Settings(
        accessKey,
        secretKey,
        endpoint,
        options.get(REGION),
        options.find(pathStyle).orElse(endpoint != null));
  }

  private static URI parse(String endpoint) {
    try {
      URI uri = new URI(endpoint.contains("://") ? endpoint : "https://" + endpoint);
      if (uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The same as one without a host.
    }
    throw MillraceException.usage(
        "Option '%s' is not an address such as http://localhost:9000.".formatted(ENDPOINT.name()));
  }

  /** What messages call the service. */
  String where() {
    return endpoint == null ? "Amazon S3" : "S3 at " + endpoint;
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return where();
  }
}
