package dev.millrace.cli.control;

import dev.millrace.engine.text.ShortHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder in which a user's running jobs are known: {@code millrace} in {@code
 * $XDG_RUNTIME_DIR}, else one in the folder for temporary files, which nobody else may look into.
 * {@code $MILLRACE_RUN_DIR} names another one.
 *
 * <p>A job has a lock file there, which its process holds, and a socket.
 */
final class RunFolder {
  private static final String LOCK = ".lock";
  private static final String SOCKET = ".sock";

  /** The path of a socket may have some hundred bytes only. */
  private static final int NAME_LENGTH = 30;

  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder of this user; made if it is not there. */
  static RunFolder open() throws IOException {
    Path folder = place();
    if (!Files.isDirectory(folder)) {
      create(folder);
    }
    requirePrivate(folder);
    return new RunFolder(folder);
  }

  private static Path place() {
    String own = System.getenv("MILLRACE_RUN_DIR");
    if (own != null && !own.isEmpty()) {
      return Path.of(own).toAbsolutePath();
    }
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    return runtime != null && Files.isDirectory(Path.of(runtime))
        ? Path.of(runtime, "millrace")
        : Path.of(
            System.getProperty("java.io.tmpdir"), "millrace-" + System.getProperty("user.name"));
  }

  private static void create(Path folder) throws IOException {
    if (isPosix(folder.toAbsolutePath().getParent())) {
      Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
    } else {
      Files.createDirectories(folder);
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    Path existing = path;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    return Files.getFileStore(existing).supportsFileAttributeView("posix");
  }

  /**
   * Where everybody may make folders, somebody else may have made this one: then either others can
   * look into it, or this user cannot.
   */
  private static void requirePrivate(Path folder) throws IOException {
    if (!isPosix(folder)) {
      return;
    }
    PosixFileAttributes attributes =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Set<PosixFilePermission> others =
        EnumSet.complementOf(
            EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE));
    others.retainAll(attributes.permissions());
    if (!attributes.isDirectory() || !others.isEmpty()) {
      throw new IOException(
          "the folder %s is open to others; remove it, or name another one in $MILLRACE_RUN_DIR"
              .formatted(folder));
    }
  }

  Path lock(String job) {
    return folder.resolve(fileName(job) + LOCK);
  }

  Path socket(String job) {
    return folder.resolve(fileName(job) + SOCKET);
  }

  /** The sockets of jobs, some of which may not run any more. */
  List<Path> sockets() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SOCKET)).sorted().toList();
    }
  }

  private static String fileName(String job) {
    String plain = job.replaceAll("[^A-Za-z0-9_-]", "_");
    if (plain.equals(job) && job.length() <= NAME_LENGTH) {
      return job;
    }
    String end = plain.substring(Math.max(0, plain.length() - NAME_LENGTH));
    return end + "~" + ShortHash.of(job);
  }
}
