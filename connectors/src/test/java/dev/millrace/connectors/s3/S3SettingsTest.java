package dev.millrace.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3SettingsTest {
  private static S3Settings settings(String... namesAndValues) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      options.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return S3Settings.of(new Options("the session", options));
  }

  @Test
  void areFlinks() {
    assertThat(settings()).isEqualTo(new S3Settings(null, null, null, null, false));
    assertThat(
            settings(
                "s3.access-key", "a",
                "s3.secret-key", "s",
                "s3.endpoint", "http://localhost:9000",
                "s3.region", "eu-west-3",
                "s3.path.style.access", "false"))
        .isEqualTo(
            new S3Settings("a", "s", URI.create("http://localhost:9000"), "eu-west-3", false));
    assertThat(settings("s3.path-style-access", "true").pathStyle()).isTrue();
    assertThat(settings("s3.path.style.access", "true").pathStyle()).isTrue();
  }

  @Test
  void anotherServerHasItsBucketsInThePath() {
    S3Settings settings = settings("s3.endpoint", "minio.example:9000");
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://minio.example:9000"));
    assertThat(settings.pathStyle()).isTrue();
    assertThat(settings("s3.endpoint", "x", "s3.path-style-access", "false").pathStyle()).isFalse();
  }

  @Test
  void showNoSecret() {
    assertThat(settings("s3.access-key", "akey", "s3.secret-key", "skey").toString())
        .doesNotContain("akey", "skey");
    assertThatThrownBy(() -> settings("s3.endpoint", "http://user:secret@host"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'s3.endpoint' is not an address")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> BlobStores.open("s3://akey:skey@bucket/x"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("set 's3.access-key' and 's3.secret-key'")
        .hasMessageNotContaining("skey");
  }

  @Test
  void keysComeInPairs() {
    assertThatThrownBy(() -> settings("s3.secret-key", "s"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'s3.access-key' and 's3.secret-key' belong together");
  }

  @Test
  void aRegionThatNobodyKnowsIsAskedFor() {
    assumeThat(System.getenv("AWS_REGION")).isNull();
    System.setProperty("aws.configFile", "none");
    System.setProperty("aws.disableEc2Metadata", "true");
    try {
      assertThatThrownBy(() -> BlobStores.open("s3://bucket/x"))
          .isInstanceOf(MillraceException.class)
          .hasMessage(
              "The region of S3 is not known: set 's3.region', or the environment variable"
                  + " AWS_REGION.");
    } finally {
      System.clearProperty("aws.configFile");
      System.clearProperty("aws.disableEc2Metadata");
    }
  }

  @Test
  void placesThatAreNoneAreRefused() {
    for (String uri :
        List.of(
            "s3:x", "s3://", "s3:///a", "s3://b/../c", "s3://b", "s3://bucket/x?y", "s3://b*t/x")) {
      assertThatThrownBy(() -> BlobStores.open(uri))
          .as(uri)
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("'" + uri + "'");
    }
  }
}
