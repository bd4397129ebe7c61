package dev.millrace.conformance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.checkpoint.BlobStore;
import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.option.Options;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Against a real server. */
class S3BlobsTest extends BlobStoreContract {
  @TempDir private static Path folder;
  private static S3Server server;

  private final String path = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  BlobStore open() {
    return open("s3://bucket/" + path, Map.of());
  }

  private static BlobStore open(String uri, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(server.settings());
    all.putAll(settings);
    return BlobStores.open(uri, new Options("the session", all));
  }

  private static List<MultipartUpload> uploads() {
    try (S3Client client =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(URI.create(server.endpoint()))
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
            .build()) {
      return client.listMultipartUploads(list -> list.bucket(S3Server.BUCKET)).uploads();
    }
  }

  @Test
  void liesBelowItsPath() throws Exception {
    write(blobs, "a", "x");
    assertThat(blobs.describe()).isEqualTo("s3://bucket/" + path);
    assertThat(open("s3://bucket", Map.of()).list(path + "/")).containsExactly(path + "/a");
    assertThat(open("s3://bucket//" + path + "/", Map.of()).list("")).containsExactly("a");
    assertThat(open("s3://bucket/" + path.substring(1), Map.of()).list("")).isEmpty();
  }

  @Test
  void whatOtherToolsKeepThereIsNoBlob() throws Exception {
    Files.createDirectories(server.objects().resolve(path).resolve("empty"));
    Files.createFile(server.objects().resolve(path).resolve(".hidden"));
    write(blobs, "a/b", "x");
    assertThat(blobs.list("")).containsExactly("a/b");
    assertThat(blobs.list("empty/")).isEmpty();
  }

  @Test
  void leavesNoPartsOfAnUploadThatIsGivenUp() throws Exception {
    try (BlobStore.Upload upload = blobs.create("large")) {
      upload.stream().write(new byte[20 << 20]);
      assertThat(uploads()).extracting(MultipartUpload::key).containsExactly(path + "/large");
    }
    assertThat(uploads()).isEmpty();
  }

  @Test
  void sweepsUploadsThatNobodyCanStillBeWriting() throws Exception {
    BlobStore.Upload abandoned = blobs.create("job/large");
    abandoned.stream().write(new byte[20 << 20]);
    try (BlobStore.Upload young = blobs.create("job/young")) {
      young.stream().write(new byte[20 << 20]);
      age(uploads().stream().filter(u -> u.key().endsWith("/large")).findFirst().orElseThrow());

      blobs.sweep("other/");
      assertThat(uploads()).hasSize(2);
      blobs.sweep("job/");
      assertThat(uploads()).extracting(MultipartUpload::key).containsExactly(path + "/job/young");
      assertThatThrownBy(abandoned::publish).hasMessageContaining("NoSuchUpload");
      young.publish();
    }
    assertThat(blobs.list("")).containsExactly("job/young");
  }

  /** Has the server take an upload for one of two days ago. */
  private static void age(MultipartUpload upload) throws Exception {
    FileTime then = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
    try (Stream<Path> files = Files.walk(server.objects().getParent())) {
      for (Path file : files.filter(f -> f.toString().contains(upload.uploadId())).toList()) {
        Files.setLastModifiedTime(file, then);
      }
    }
    assertThat(uploads())
        .anySatisfy(
            u -> assertThat(u.initiated()).isBefore(Instant.now().minus(Duration.ofDays(1))));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> open("s3://nowhere/x", Map.of()).list(""))
        .hasMessage("the bucket 'nowhere' does not exist (S3 at %s)", server.endpoint());
    assertThatThrownBy(() -> open("s3://nowhere/x", Map.of()).create("a").publish())
        .hasMessageStartingWith("the bucket 'nowhere' does not exist");
    assertThatThrownBy(
            () -> open("s3://bucket", Map.of("s3.secret-key", "another-secret")).list(""))
        .hasMessageMatching(
            "S3 at .* does not take the keys \\(SignatureDoesNotMatch\\): check 's3.access-key' and 's3.secret-key', .*");
    assertThatThrownBy(() -> open("s3://bucket", Map.of("s3.access-key", "nobody")).list(""))
        .hasMessageContaining("does not take the keys (InvalidAccessKeyId)");
    assertThatThrownBy(
            () -> open("s3://bucket", Map.of("s3.endpoint", "http://127.0.0.1:1")).list(""))
        .hasMessageMatching("S3 at http://127.0.0.1:1 does not answer \\(Connection refused.*\\)");
  }
}
