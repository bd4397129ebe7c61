package dev.millrace.cli;

import dev.millrace.engine.checkpoint.BlobStore;
import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.checkpoint.DamagedSnapshotException;
import dev.millrace.engine.checkpoint.SnapshotFinder;
import dev.millrace.engine.checkpoint.StoredSnapshot;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A savepoint with its job's script and plan in one file: a zip archive. Its entry {@code
 * millrace-backup} says {@code 1}, the version of this form; the others are the files of the
 * savepoint's folder, below {@code savepoint/}.
 */
final class BackupFile {
  private static final String MARK = "millrace-backup";
  private static final String VERSION = "1";
  private static final String SAVEPOINT = "savepoint/";

  private BackupFile() {}

  /**
   * Writes a savepoint that is whole.
   *
   * @param savepoint its folder, a path or URI
   * @param options that say how to reach it
   * @return the size of the file
   */
  static long write(String savepoint, Options options, Path file) {
    SnapshotFinder.find(savepoint, options);
    BlobStore blobs = BlobStores.open(savepoint, options);
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(unfinished))) {
        zip.putNextEntry(new ZipEntry(MARK));
        zip.write(VERSION.getBytes(StandardCharsets.UTF_8));
        for (String name : blobs.list("")) {
          zip.putNextEntry(new ZipEntry(SAVEPOINT + name));
          try (InputStream blob = blobs.open(name)) {
            blob.transferTo(zip);
          }
        }
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return Files.size(file);
    } catch (IOException e) {
      Folders.remove(unfinished);
      throw MillraceException.job(
          "The backup cannot be written to %s: %s".formatted(file, reason(e)), e);
    }
  }

  /**
   * Unpacks the savepoint into a folder that is not there yet, and makes sure that it is whole;
   * else the folder goes away again.
   *
   * @return what was found in it
   */
  static StoredSnapshot unpack(Path file, Path folder) {
    if (Files.exists(folder)) {
      throw MillraceException.usage(
          "The folder %s is there already: name another one by --dir.".formatted(folder));
    }
    try {
      return unpackInto(folder, file);
    } catch (RuntimeException e) {
      Folders.remove(folder);
      throw e;
    }
  }

  private static StoredSnapshot unpackInto(Path folder, Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      requireVersion(zip, file);
      Files.createDirectories(folder);
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().startsWith(SAVEPOINT)) {
          unpack(zip, entry, folder, file);
        }
      }
      return SnapshotFinder.find(folder.toString());
    } catch (NoSuchFileException e) {
      throw MillraceException.usage("There is no backup file " + file + ".", e);
    } catch (DamagedSnapshotException | ZipException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw MillraceException.job("%s cannot be unpacked: %s".formatted(file, reason(e)), e);
    }
  }

  private static void requireVersion(ZipFile zip, Path file) throws IOException {
    ZipEntry mark = zip.getEntry(MARK);
    if (mark == null) {
      throw MillraceException.usage(file + " is not a file that 'millrace backup' has written.");
    }
    try (InputStream in = zip.getInputStream(mark)) {
      String version = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!version.equals(VERSION)) {
        throw MillraceException.usage(
            "%s was written by a later release (its version is %s; this one understands %s)."
                .formatted(file, version, VERSION));
      }
    }
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path folder, Path file)
      throws IOException {
    Path target = folder.resolve(entry.getName().substring(SAVEPOINT.length())).normalize();
    if (!target.startsWith(folder.normalize())) {
      throw MillraceException.usage(
          "%s is damaged: '%s' would lie outside of its folder.".formatted(file, entry.getName()));
    }
    Files.createDirectories(target.getParent());
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      in.transferTo(out);
    }
  }

  private static MillraceException damaged(Path file, Exception e) {
    return MillraceException.usage(
        "%s is damaged or no backup: %s. Copy it again.".formatted(file, e.getMessage()), e);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
