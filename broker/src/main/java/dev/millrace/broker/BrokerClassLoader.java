package dev.millrace.broker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the broker from this module's own code and the jars listed in the file {@code classpath}
 * that the build writes next to it; shares with the caller only the JDK, SLF4J and {@link
 * EmbeddedBroker.Node}.
 */
final class BrokerClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassLoader caller = EmbeddedBroker.class.getClassLoader();

  private BrokerClassLoader(List<URL> urls) {
    super("broker", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  static BrokerClassLoader create() throws IOException {
    Path code = ownCode();
    Path list = code.resolveSibling("classpath");
    if (!Files.isRegularFile(list)) {
      throw new IOException(
          "The list of the Kafka broker's jars is missing: "
              + list
              + "; build the module 'broker'.");
    }
    List<URL> urls = new ArrayList<>();
    urls.add(code.toUri().toURL());
    for (String jar : Files.readString(list).trim().split(File.pathSeparator, -1)) {
      if (!Files.isRegularFile(Path.of(jar))) {
        throw new IOException(
            "A jar of the Kafka broker is missing: " + jar + "; build the module 'broker' again.");
      }
      urls.add(Path.of(jar).toUri().toURL());
    }
    return new BrokerClassLoader(urls);
  }

  private static Path ownCode() {
    try {
      return Path.of(
          EmbeddedBroker.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("org.slf4j.") || name.equals(EmbeddedBroker.Node.class.getName())) {
      return caller.loadClass(name);
    }
    return super.loadClass(name, resolve);
  }

  @Override
  public void close() {
    try {
      super.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
