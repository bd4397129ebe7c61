package dev.millrace.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BlobStoresTest {
  /** Stores in memory; named in the test resources. */
  public static final class MemoryFactory implements BlobStoreFactory {
    @Override
    public String scheme() {
      return "memory";
    }

    @Override
    public BlobStore open(URI uri, Options options) {
      return new MemoryBlobs();
    }
  }

  private static String place(String uri) {
    return BlobStores.open(uri).describe();
  }

  @Test
  void opensFolders() {
    assertThat(place("/var/check points")).isEqualTo("/var/check points");
    assertThat(place("file:///var/check%20points")).isEqualTo("/var/check points");
    assertThat(place("file:/var/a/../b")).isEqualTo("/var/b");
    assertThat(place("FILE:///var")).isEqualTo("/var");
    assertThat(place("state/checkpoints"))
        .isEqualTo(Path.of("state/checkpoints").toAbsolutePath().toString());
  }

  @Test
  void opensWhatAFactoryKnows() {
    assertThat(BlobStores.open("memory://a/b")).isInstanceOf(MemoryBlobs.class);
    assertThat(BlobStores.open("MEMORY:x")).isInstanceOf(MemoryBlobs.class);
  }

  @Test
  void otherUrisLoseTheSlashAtTheirEnd() {
    assertThat(BlobStores.absolute("memory://a/b/")).isEqualTo("memory://a/b");
    assertThat(BlobStores.absolute("memory://a//")).isEqualTo("memory://a");
    assertThat(BlobStores.absolute("memory://")).isEqualTo("memory://");
  }

  @Test
  void anUnknownSchemeIsAUsersError() {
    assertThatThrownBy(() -> BlobStores.open("s4://bucket/x"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.kind()).isEqualTo(MillraceException.Kind.USAGE))
        .hasMessage(
            "Cannot keep snapshots in 's4://bucket/x': the scheme 's4' is not known. Known are a"
                + " path, file:, memory:.");
  }

  @Test
  void aPlaceThatIsNoneIsAUsersError() {
    refuses("", "it names no folder");
    refuses(" ", "it names no folder");
    refuses("a\0b", "it is not a path");
    refuses("file://host/a", "needs an absolute path");
    refuses("file:a/b", "needs an absolute path");
    refuses("file:///a b", "Write a space as %20");
    refuses("memory: x", "it is not a URI");
  }

  private static void refuses(String uri, String why) {
    assertThatThrownBy(() -> BlobStores.open(uri))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.kind()).isEqualTo(MillraceException.Kind.USAGE))
        .hasMessageStartingWith("Cannot keep snapshots in '" + uri + "': ")
        .hasMessageContaining(why);
  }
}
