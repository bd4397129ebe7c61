package dev.millrace.connectors.filesystem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in plain words what is wrong with a file. */
final class FileErrors {
  private FileErrors() {}

  static String reading(Path path, IOException failure) {
    return failure instanceof NoSuchFileException
        ? "path " + path + " does not exist"
        : "cannot read " + path + ": " + reason(failure);
  }

  static String writing(Path path, IOException failure) {
    return "cannot write " + path + ": " + reason(failure);
  }

  private static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it is not a folder";
    }
    if (failure instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
