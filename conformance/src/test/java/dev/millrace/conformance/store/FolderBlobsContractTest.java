package dev.millrace.conformance.store;

import dev.millrace.engine.checkpoint.BlobStore;
import dev.millrace.engine.checkpoint.BlobStores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobsContractTest extends BlobStoreContract {
  @TempDir Path folder;

  @Override
  BlobStore open() {
    return BlobStores.open(folder.resolve("not/there yet").toString());
  }
}
