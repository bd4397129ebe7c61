package dev.millrace.engine.checkpoint;

/** What every {@link BlobStore} demands of the names it is given. */
public final class BlobNames {
  private BlobNames() {}

  /** Whether a blob can have this name. */
  public static boolean isName(String name) {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || part.indexOf('\\') >= 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the name.
   *
   * @throws IllegalArgumentException if no blob can have it, as it could lead elsewhere
   */
  public static String requireName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of a blob: " + name);
    }
    return name;
  }

  /**
   * Returns the prefix.
   *
   * @throws IllegalArgumentException if it is neither empty nor the name of a folder and a slash
   */
  public static String requirePrefix(String prefix) {
    if (!prefix.isEmpty()) {
      if (!prefix.endsWith("/")) {
        throw new IllegalArgumentException("not the name of a folder: " + prefix);
      }
      requireName(prefix.substring(0, prefix.length() - 1));
    }
    return prefix;
  }
}
