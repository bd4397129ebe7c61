package dev.millrace.engine.checkpoint;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the snapshot that a path or URI names: a savepoint's folder, or a checkpoint's manifest.
 */
public final class SnapshotFinder {
  /** Store, folder of the job, epoch. */
  private static final Pattern MANIFEST =
      Pattern.compile("(?:(.+)/)?([^/]+)/manifests/([0-9]{1,18})\\.manifest");

  private SnapshotFinder() {}

  /** The snapshot at a place that is reached without options. */
  public static StoredSnapshot find(String place) {
    return find(place, BlobStores.NO_OPTIONS);
  }

  /**
   * The snapshot at a place, after all its bytes were read and found to be what was written.
   *
   * @param options of the session; some say how to reach the place
   * @throws MillraceException a user's error if there is none or more than one
   * @throws DamagedSnapshotException if it is not what was written
   */
  public static StoredSnapshot find(String place, Options options) {
    String path = BlobStores.absolute(place);
    Matcher manifest = MANIFEST.matcher(path);
    if (manifest.matches()) {
      return open(BlobStores.open(manifest.group(1), options), manifest);
    }
    BlobStore blobs = BlobStores.open(path, options);
    List<String> found = manifests(blobs);
    if (found.size() > 1) {
      throw MillraceException.usage(
          "'%s' holds %d checkpoints. Name one by its manifest, for example '%s/%s'."
              .formatted(place, found.size(), path, found.get(found.size() - 1)));
    }
    if (found.isEmpty()) {
      throw nothing(place);
    }
    Matcher only = MANIFEST.matcher(found.get(0));
    if (!only.matches()) {
      throw nothing(place);
    }
    return open(blobs, only);
  }

  private static MillraceException nothing(String place) {
    return MillraceException.usage(
        "There is no savepoint in '%s': name the folder that 'millrace savepoint' printed, or the manifest of a checkpoint."
            .formatted(place));
  }

  private static List<String> manifests(BlobStore blobs) {
    try {
      return blobs.list("").stream().filter(name -> MANIFEST.matcher(name).matches()).toList();
    } catch (IOException e) {
      throw StoreErrors.reading(blobs.describe(), e);
    }
  }

  private static StoredSnapshot open(BlobStore blobs, Matcher manifest) {
    SnapshotNames names = SnapshotNames.ofFolder(blobs.describe(), manifest.group(2));
    return new SnapshotStore(blobs, names).open(Long.parseLong(manifest.group(3)));
  }
}
