package dev.millrace.connectors.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Makes one clause of each failure of S3 that says what to do.
 *
 * @param bucket its name
 * @param where what messages call the service
 */
record S3Errors(String bucket, String where) {
  private static final Set<String> WRONG_REGION =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  private static final Set<String> WRONG_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken");

  private static final int MOVED_PERMANENTLY = 301;
  private static final int FORBIDDEN = 403;

  /**
   * The failure as stores throw it.
   *
   * @param key of the object that was asked for; null if it was about several
   */
  IOException of(SdkException failure, String key) {
    if (failure instanceof NoSuchKeyException) {
      return new NoSuchFileException(key);
    }
    if (failure instanceof AbortedException) {
      // The client has taken the thread's flag away.
      Thread.currentThread().interrupt();
      return with(failure, new InterruptedIOException("interrupted while " + where + " was asked"));
    }
    String clause =
        failure instanceof AwsServiceException answer ? answer(answer) : noAnswer(failure);
    return new IOException(clause, failure);
  }

  private static IOException with(Throwable cause, IOException e) {
    e.initCause(cause);
    return e;
  }

  private String answer(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code =
        details == null || details.errorCode() == null
            ? String.valueOf(answer.statusCode())
            : details.errorCode();
    if (code.equals("NoSuchBucket")) {
      return "the bucket '%s' does not exist (%s)".formatted(bucket, where);
    }
    if (WRONG_REGION.contains(code) || answer.statusCode() == MOVED_PERMANENTLY) {
      return "the bucket '%s' is in another region%s: set '%s'"
          .formatted(bucket, region(details), S3Settings.REGION.name());
    }
    if (WRONG_KEYS.contains(code)) {
      return "%s does not take the keys (%s): check '%s' and '%s', or those of the environment"
          .formatted(where, code, S3Settings.ACCESS_KEY.name(), S3Settings.SECRET_KEY.name());
    }
    if (answer.statusCode() == FORBIDDEN) {
      return "access to the bucket '%s' is denied (%s, %s): the keys need the rights to list the bucket, and to read, write and delete its objects"
          .formatted(bucket, where, code);
    }
    return "%s answers %s".formatted(where, code);
  }

  private static String region(AwsErrorDetails details) {
    return Optional.ofNullable(details)
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
        .map(region -> ", " + region)
        .orElse("");
  }

  private String noAnswer(SdkException failure) {
    if (String.valueOf(failure.getMessage()).startsWith("Unable to load credentials")) {
      return "there are no keys for %s: set '%s' and '%s', or have them in the environment, in a profile or by the machine's role"
          .formatted(where, S3Settings.ACCESS_KEY.name(), S3Settings.SECRET_KEY.name());
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "%s is not found: its host is not known".formatted(where);
      }
      if (cause instanceof IOException) {
        return "%s does not answer (%s)".formatted(where, cause.getMessage());
      }
    }
    return "%s cannot be asked (%s)".formatted(where, firstSentence(failure));
  }

  /** What the client says, without the list of all it has tried. */
  static String firstSentence(SdkException failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    int end = message.replace('\n', ' ').indexOf(". ");
    String first = end < 0 ? message : message.substring(0, end);
    return first.replaceAll("\\s+", " ").replaceFirst("\\.$", "");
  }
}
