package dev.millrace.engine.checkpoint;

import dev.millrace.engine.text.ShortHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the blobs of one job's snapshots are named, and what people are told of them. Immutable. */
final class SnapshotNames {
  private static final String EPOCH = "(0|[1-9][0-9]{0,17})";
  private static final Pattern MANIFEST = Pattern.compile(EPOCH + "\\.manifest");

  /** The folder of an attempt to write an epoch, and what is in it. */
  private static final Pattern PART = Pattern.compile(EPOCH + "(\\.[0-9]+)?/.*");

  /** What stands for itself in the name of a folder. */
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

  private static final int MAX_LENGTH = 120;

  private final String store;
  private final String folder;

  private SnapshotNames(String store, String folder) {
    this.store = store;
    this.folder = folder;
  }

  /** {@code store} is what the store says of itself. */
  static SnapshotNames ofJob(String store, String job) {
    return new SnapshotNames(store, folderOf(job));
  }

  /** For a job whose folder was found. */
  static SnapshotNames ofFolder(String store, String folder) {
    return new SnapshotNames(store, folder);
  }

  /** A name for a folder, different for different jobs. */
  static String folderOf(String job) {
    StringBuilder name = new StringBuilder();
    for (byte b : job.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = PLAIN.indexOf(b) >= 0 || (b == '.' && name.length() > 0);
      if (plain) {
        name.append((char) b);
      } else {
        name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    if (name.length() == 0) {
      throw new IllegalArgumentException("a job without a name");
    }
    return name.length() <= MAX_LENGTH
        ? name.toString()
        : name.substring(0, MAX_LENGTH) + "~" + ShortHash.of(job);
  }

  /** The prefix of all blobs of the job. */
  String all() {
    return folder + "/";
  }

  String manifests() {
    return folder + "/manifests/";
  }

  String manifest(long epoch) {
    return manifests() + epoch + ".manifest";
  }

  /** The prefix of all parts. */
  String parts() {
    return folder + "/parts/";
  }

  /** A part, or a folder of parts, by the name that a manifest has for it. */
  String part(String name) {
    return parts() + name;
  }

  /** Of which epoch a blob is the manifest. */
  OptionalLong epochOfManifest(String blob) {
    return epoch(MANIFEST, blob.substring(manifests().length()));
  }

  /** In an attempt to write which epoch a part was made. */
  OptionalLong epochOfPart(String blob) {
    return epoch(PART, blob.substring(parts().length()));
  }

  private static OptionalLong epoch(Pattern pattern, String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** Where the job's snapshots are, for messages. */
  String place() {
    return store + "/" + folder;
  }

  /** What messages call a snapshot. */
  String snapshot(long epoch) {
    return "checkpoint " + epoch + " in " + place();
  }

  /** The same at the beginning of a sentence. */
  String sentence(long epoch) {
    return "C" + snapshot(epoch).substring(1);
  }
}
