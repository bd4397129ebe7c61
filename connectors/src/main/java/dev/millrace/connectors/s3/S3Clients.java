package dev.millrace.connectors.s3;

import dev.millrace.engine.error.MillraceException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The process' clients of S3: one for each settings, open until the process ends. */
final class S3Clients {
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /** For writes, which have no timeout of their own. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofMinutes(2);

  private static final int MAX_ATTEMPTS = 4;

  private static final Map<S3Settings, S3Client> CLIENTS = new ConcurrentHashMap<>();

  private S3Clients() {}

  static S3Client get(S3Settings settings) {
    return CLIENTS.computeIfAbsent(settings, S3Clients::open);
  }

  private static S3Client open(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECTION_TIMEOUT)
                    .socketTimeout(READ_TIMEOUT))
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(
                            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(MAX_ATTEMPTS)
                                .build())
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT))
            // What many servers other than Amazon's do not understand; our files have checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
            .addPlugin(LegacyMd5Plugin.create())
            .forcePathStyle(settings.pathStyle());
    if (settings.accessKey() != null) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())));
    }
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    if (settings.region() != null) {
      builder.region(Region.of(settings.region()));
    } else if (settings.endpoint() != null) {
      // It is part of the signature; other servers take this one, or any.
      builder.region(Region.US_EAST_1);
    }
    try {
      return builder.build();
    } catch (SdkClientException e) {
      boolean noRegion = String.valueOf(e.getMessage()).startsWith("Unable to load region");
      throw MillraceException.usage(
          noRegion
              ? "The region of S3 is not known: set '%s', or the environment variable AWS_REGION."
                  .formatted(S3Settings.REGION.name())
              : "S3 cannot be used (%s).".formatted(S3Errors.firstSentence(e)),
          e);
    }
  }
}
