package dev.millrace.benchmarks.torture;

import dev.millrace.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own, which can be killed. */
public final class TortureBroker {
  private TortureBroker() {}

  /** Arguments: the folder of its data, its port. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.println("ready");
    new CountDownLatch(1).await();
  }
}
