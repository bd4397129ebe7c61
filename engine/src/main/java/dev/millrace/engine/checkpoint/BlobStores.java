package dev.millrace.engine.checkpoint;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the store that a path or URI names. */
public final class BlobStores {
  private static final String FILE = "file";

  /** A scheme has two letters at least: one alone is a drive. */
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");

  static final Options NO_OPTIONS = new Options("the session", Map.of());

  private BlobStores() {}

  /** The store at a path or URI, without options. */
  public static BlobStore open(String uri) {
    return open(uri, NO_OPTIONS);
  }

  /**
   * The store at a path, a {@code file:} URI or a URI of a scheme that a {@link BlobStoreFactory}
   * on the class path knows. Nothing is made or looked at yet.
   *
   * @param options of the session; some say how to reach the place
   * @throws MillraceException a user's error if there is no such place
   */
  public static BlobStore open(String uri, Options options) {
    Matcher matcher = SCHEME.matcher(uri);
    if (!matcher.matches()) {
      return folder(uri, uri);
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    if (scheme.equals(FILE)) {
      return folder(uri, filePath(parse(uri), uri));
    }
    Map<String, BlobStoreFactory> factories = factories();
    BlobStoreFactory factory = factories.get(scheme);
    if (factory == null) {
      throw unusable(uri, "the scheme '" + scheme + "' is not known. " + known(factories));
    }
    return factory.open(parse(uri), options);
  }

  /**
   * Where a path or {@code file:} URI leads to from anywhere; other URIs as they are, without a
   * slash at the end.
   */
  public static String absolute(String uri) {
    Matcher matcher = SCHEME.matcher(uri);
    boolean hasScheme = matcher.matches();
    if (hasScheme && !matcher.group(1).equalsIgnoreCase(FILE)) {
      return uri.replaceFirst("(?<=[^:/])/+$", "");
    }
    String path = hasScheme ? filePath(parse(uri), uri) : uri;
    try {
      return Path.of(path).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      throw unusable(uri, "it is not a path (" + e.getReason() + ").");
    }
  }

  private static Map<String, BlobStoreFactory> factories() {
    Map<String, BlobStoreFactory> factories = new TreeMap<>();
    for (BlobStoreFactory factory : ServiceLoader.load(BlobStoreFactory.class)) {
      factories.put(factory.scheme(), factory);
    }
    return factories;
  }

  private static String known(Map<String, BlobStoreFactory> factories) {
    StringBuilder known = new StringBuilder("Known are a path, file:");
    factories.keySet().forEach(scheme -> known.append(", ").append(scheme).append(':'));
    return known.append('.').toString();
  }

  private static URI parse(String uri) {
    try {
      return new URI(uri);
    } catch (URISyntaxException e) {
      throw unusable(uri, "it is not a URI (" + e.getReason() + "). Write a space as %20.");
    }
  }

  private static String filePath(URI uri, String given) {
    if (uri.getPath() == null || uri.getAuthority() != null) {
      throw unusable(given, "a file: URI needs an absolute path, as in file:///var/checkpoints.");
    }
    return uri.getPath();
  }

  private static BlobStore folder(String given, String path) {
    if (path.isBlank()) {
      throw unusable(given, "it names no folder.");
    }
    try {
      return new FolderBlobs(Path.of(path));
    } catch (InvalidPathException e) {
      throw unusable(given, "it is not a path (" + e.getReason() + ").");
    }
  }

  private static MillraceException unusable(String uri, String why) {
    return MillraceException.usage("Cannot keep snapshots in '" + uri + "': " + why);
  }
}
