package dev.millrace.connectors.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The requests that a store needs of one bucket. Thread-safe. */
final class S3Bucket {
  /** How many objects one request can remove. */
  private static final int MAX_DELETED = 1000;

  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final String BYTES = "application/octet-stream";

  private final S3Client client;
  private final String name;
  private final S3Errors errors;

  S3Bucket(S3Client client, String name, S3Errors errors) {
    this.client = client;
    this.name = name;
    this.errors = errors;
  }

  String name() {
    return name;
  }

  private <T> T ask(String key, Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (SdkException e) {
      throw errors.of(e, key);
    }
  }

  /** Writes an object as a whole. */
  void put(String key, byte[] bytes, int length) throws IOException {
    ask(key, () -> client.putObject(put -> put.bucket(name).key(key), body(bytes, length)));
  }

  /** Without a copy; can be read again for another attempt. */
  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, BYTES);
  }

  /** Begins an object that is written in parts, and returns the upload's id. */
  String beginUpload(String key) throws IOException {
    return ask(
        key, () -> client.createMultipartUpload(begin -> begin.bucket(name).key(key)).uploadId());
  }

  /** Writes a part; parts have numbers from 1. */
  CompletedPart putPart(String key, String upload, int number, byte[] bytes, int length)
      throws IOException {
    String tag =
        ask(
            key,
            () ->
                client
                    .uploadPart(
                        part -> part.bucket(name).key(key).uploadId(upload).partNumber(number),
                        body(bytes, length))
                    .eTag());
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /** Makes the object of its parts. */
  void completeUpload(String key, String upload, List<CompletedPart> parts) throws IOException {
    ask(
        key,
        () ->
            client.completeMultipartUpload(
                complete ->
                    complete
                        .bucket(name)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(all -> all.parts(parts))));
  }

  /** Removes the parts of an upload that is not complete. */
  void abortUpload(String key, String upload) throws IOException {
    ask(
        key,
        () -> client.abortMultipartUpload(abort -> abort.bucket(name).key(key).uploadId(upload)));
  }

  /**
   * Removes the parts of uploads that began before a time and were neither completed nor given up.
   */
  void abortUploadsBefore(String prefix, Instant time) throws IOException {
    List<MultipartUpload> old =
        ask(
            null,
            () ->
                client
                    .listMultipartUploadsPaginator(list -> list.bucket(name).prefix(prefix))
                    .uploads()
                    .stream()
                    .filter(upload -> upload.initiated().isBefore(time))
                    .toList());
    for (MultipartUpload upload : old) {
      abortUpload(upload.key(), upload.uploadId());
    }
  }

  /**
   * Up to {@code length} bytes of an object from an offset.
   *
   * @param tag that the object must have; null for any
   * @return null if the object ends before the offset
   */
  ResponseBytes<GetObjectResponse> get(String key, long from, int length, String tag)
      throws IOException {
    return ask(
        key,
        () -> {
          try {
            return client.getObject(
                get ->
                    get.bucket(name)
                        .key(key)
                        .range("bytes=" + from + "-" + (from + length - 1))
                        .ifMatch(tag),
                ResponseTransformer.toBytes());
          } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
              return null;
            }
            throw e;
          }
        });
  }

  /** The bytes of an object. */
  long size(String key) throws IOException {
    return ask(key, () -> client.headObject(head -> head.bucket(name).key(key)).contentLength());
  }

  /** The keys that begin so. */
  List<String> list(String prefix) throws IOException {
    return ask(
        null,
        () ->
            client
                .listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList());
  }

  void delete(String key) throws IOException {
    ask(key, () -> client.deleteObject(delete -> delete.bucket(name).key(key)));
  }

  /** Removes those of the objects that are there. */
  void delete(List<String> keys) throws IOException {
    for (int from = 0; from < keys.size(); from += MAX_DELETED) {
      List<ObjectIdentifier> objects = new ArrayList<>();
      for (String key : keys.subList(from, Math.min(keys.size(), from + MAX_DELETED))) {
        objects.add(ObjectIdentifier.builder().key(key).build());
      }
      DeleteObjectsResponse answer =
          ask(
              null,
              () ->
                  client.deleteObjects(
                      delete ->
                          delete.bucket(name).delete(all -> all.objects(objects).quiet(true))));
      if (answer.hasErrors() && !answer.errors().isEmpty()) {
        throw new IOException(
            "%d objects were not removed (%s)"
                .formatted(answer.errors().size(), answer.errors().get(0).code()));
      }
    }
  }
}
