package dev.millrace.engine.checkpoint;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Blobs as files below a folder, which is made when the first of them is written.
 *
 * <p>A blob is written to a hidden file beside its place, forced to disk, renamed, and then the
 * folder is forced to disk: after a crash of the process or the machine it is there whole or not at
 * all. The writer holds a lock on the hidden file, which the operating system frees when the
 * process dies; so {@link #sweep} tells leftovers from uploads under way. A removal is not forced
 * to disk.
 */
public final class FolderBlobs implements BlobStore {
  /** The name of a hidden file: a dot, that of the blob, a UUID. */
  private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\.tmp");

  /** The hidden files of this process; opening one anew would free its lock. */
  private static final Set<Path> WRITING = ConcurrentHashMap.newKeySet();

  private final Path root;

  public FolderBlobs(Path folder) {
    this.root = folder.toAbsolutePath().normalize();
  }

  @Override
  public Upload create(String name) throws IOException {
    return new FileUpload(path(name));
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(path(name));
  }

  @Override
  public long size(String name) throws IOException {
    return Files.size(path(name));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : files(folder(prefix))) {
      if (!isHidden(file)) {
        names.add(root.relativize(file).toString().replace(File.separatorChar, '/'));
      }
    }
    Collections.sort(names);
    return names;
  }

  /** Removes a file, and the folders that it leaves empty. */
  @Override
  public void delete(String name) throws IOException {
    Path file = path(name);
    // Not while an upload makes its folder.
    synchronized (this) {
      Files.deleteIfExists(file);
      for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
        try {
          Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
          return;
        }
      }
    }
  }

  @Override
  public String describe() {
    return root.toString();
  }

  @Override
  public void sweep(String prefix) throws IOException {
    for (Path file : files(folder(prefix))) {
      boolean unfinished = UNFINISHED.matcher(file.getFileName().toString()).matches();
      if (unfinished && !WRITING.contains(file)) {
        deleteIfAbandoned(file);
      }
    }
  }

  private static void deleteIfAbandoned(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // It was published or given up meanwhile.
    }
  }

  private Path folder(String prefix) {
    return root.resolve(BlobNames.requirePrefix(prefix));
  }

  private Path path(String name) {
    return root.resolve(BlobNames.requireName(name));
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  /** All files in a folder and below; none if it does not exist. */
  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return files;
  }

  private static void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    makeFolders(parent);
    Files.createDirectories(folder);
    sync(parent);
  }

  /** Forces the entries of a folder to disk; Windows has no such thing. */
  private static void sync(Path folder) throws IOException {
    if (File.separatorChar == '/') {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** A hidden file that is to become a blob. */
  private final class FileUpload implements Upload {
    private final Path target;
    private final Path hidden;
    private final FileOutputStream out;

    FileUpload(Path target) throws IOException {
      this.target = target;
      this.hidden =
          target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
      WRITING.add(hidden);
      try {
        this.out = open();
      } catch (IOException e) {
        WRITING.remove(hidden);
        throw e;
      }
    }

    @SuppressWarnings("resource") // the lock goes with its file
    private FileOutputStream open() throws IOException {
      FileOutputStream opened;
      // Not while a removal takes empty folders away.
      synchronized (FolderBlobs.this) {
        makeFolders(target.getParent());
        opened = new FileOutputStream(hidden.toFile());
      }
      try {
        opened.getChannel().tryLock();
        return opened;
      } catch (IOException e) {
        opened.close();
        Files.deleteIfExists(hidden);
        throw e;
      }
    }

    @Override
    public OutputStream stream() {
      return out;
    }

    @Override
    public void publish() throws IOException {
      out.getFD().sync();
      out.close();
      Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
      sync(target.getParent());
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
        Files.deleteIfExists(hidden);
      } finally {
        WRITING.remove(hidden);
      }
    }
  }
}
