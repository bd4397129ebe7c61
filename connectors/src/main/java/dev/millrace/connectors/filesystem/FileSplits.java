package dev.millrace.connectors.filesystem;

import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files below a path, in the order of their names, and cuts large ones into ranges. */
final class FileSplits implements SplitEnumerator {
  private static final Logger LOG = LoggerFactory.getLogger(FileSplits.class);

  private final FileSource source;
  private final Set<Path> seen = new HashSet<>();
  private boolean warned;

  FileSplits(FileSource source) {
    this.source = source;
  }

  @Override
  public void open(int readers) {
    if (hidden(source.path())) {
      LOG.warn(
          "Table '{}' reads nothing: names that begin with '.' or '_' are hidden, as {}",
          source.table(),
          source.path());
    }
  }

  /** A file is cut into all its ranges at once. */
  @Override
  public void restore(List<Split> known) {
    known.forEach(split -> seen.add(((FileSplit) split).path()));
  }

  @Override
  public Assignment assignment() {
    return Assignment.ON_DEMAND;
  }

  @Override
  public Duration interval() {
    return source.monitorInterval();
  }

  @Override
  public List<Split> discover() {
    List<Split> splits = new ArrayList<>();
    try {
      visit(source.path(), splits);
      warned = false;
    } catch (IOException e) {
      // Like Flink: whoever watches a path may do so before it exists.
      if (source.bounded()) {
        throw MillraceException.job(
            "Table '%s': %s.".formatted(source.table(), FileErrors.reading(source.path(), e)), e);
      }
      if (!warned) {
        LOG.warn("Table '{}': {}", source.table(), FileErrors.reading(source.path(), e));
        warned = true;
      }
    }
    return splits;
  }

  private void visit(Path path, List<Split> splits) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (hidden(path)) {
      return;
    }
    if (attributes.isDirectory()) {
      for (Path child : children(path)) {
        visitChild(child, splits);
      }
    } else if (matches(path) && attributes.size() > 0 && seen.add(path)) {
      addRanges(path, attributes, splits);
    }
  }

  /**
   * A file may vanish between listing and looking at it, for example when its writer renames it.
   */
  private void visitChild(Path child, List<Split> splits) throws IOException {
    try {
      visit(child, splits);
    } catch (NoSuchFileException e) {
      LOG.debug("{} vanished", child, e);
    }
  }

  private static Set<Path> children(Path folder) throws IOException {
    Set<Path> children = new TreeSet<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    }
    return children;
  }

  private static boolean hidden(Path path) {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    return name.startsWith(".") || name.startsWith("_");
  }

  private boolean matches(Path file) {
    Pattern pattern = source.pattern();
    return pattern == null || pattern.matcher(file.toString()).matches();
  }

  private void addRanges(Path path, BasicFileAttributes attributes, List<Split> splits) {
    long size = attributes.size();
    long modified = attributes.lastModifiedTime().toMillis();
    Compression compression = Compression.of(path.getFileName().toString());
    if (!compression.supported()) {
      throw MillraceException.job(
          "Table '%s': file %s is compressed with %s, which the native engine does not read; use gzip or zstd, or run with --engine flink."
              .formatted(source.table(), path, compression.title()));
    }
    if (compression != Compression.NONE) {
      splits.add(new FileSplit(path, 0, Long.MAX_VALUE, size, modified));
      return;
    }
    long range = source.rangeBytes();
    for (long start = 0; start < size; start += range) {
      long end = size - start > range ? start + range : size;
      splits.add(new FileSplit(path, start, end, size, modified));
      if (end == size) {
        return;
      }
    }
  }
}
