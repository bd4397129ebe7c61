package dev.millrace.benchmarks.checksum;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a folder of text files holds, in whatever order and however many files: the number of lines
 * and the sum of their hashes. Hidden files do not count: nobody has finished them.
 */
public record FileChecksum(long lines, long sum) {
  /** Of a folder that need not exist. */
  public static FileChecksum of(Path folder) throws IOException {
    long lines = 0;
    long sum = 0;
    for (Path file : files(folder)) {
      try (Stream<String> texts = Files.lines(file, StandardCharsets.UTF_8)) {
        for (String line : (Iterable<String>) texts::iterator) {
          byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
          sum += RowHash.combine(RowHash.START, RowHash.bytes(bytes, 0, bytes.length));
          lines++;
        }
      }
    }
    return new FileChecksum(lines, sum);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(
              file -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith("."))
          .toList();
    }
  }

  @Override
  public String toString() {
    return lines + " lines, sum " + sum;
  }
}
