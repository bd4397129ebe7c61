package dev.millrace.cli.demo;

import dev.millrace.api.Job;
import dev.millrace.api.Millrace;
import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.cli.ExitCodes;
import dev.millrace.cli.ShutdownSignal;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job, end to end, with everything it needs. */
@Command(
    name = "demo",
    description =
        "Cleans sensor readings: starts a Kafka broker and a producer of untidy ones, and runs "
            + "examples/sensor.sql, which puts them in order.",
    footer = {"", "Example:", "  millrace demo --seconds 10"})
public final class DemoCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 9092;
  private static final String SCRIPT = "examples/sensor.sql";
  private static final String ADDRESS_IN_SCRIPT = "localhost:" + USUAL_PORT;
  private static final String DIRTY = "sensor_data";
  private static final String CLEAN = "sensor_clean";

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to run (default: until Ctrl-C).")
  private Long seconds;

  private volatile Job job;
  private volatile boolean stopped;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ShutdownSignal signal = ShutdownSignal.onShutdown(this::stop);
        EmbeddedBroker broker = startBroker()) {
      String address = broker.bootstrapServers();
      broker.createTopic(DIRTY, 2);
      broker.createTopic(CLEAN, 1);
      out.printf(
          "Kafka runs at %s; a producer sends untidy sensor readings to '%s'.%n"
              + "%s cleans them onto the console and into '%s'. Change it and run the demo again.%n",
          address, DIRTY, SCRIPT, CLEAN);
      out.flush();
      String summary = run(address);
      System.out.flush();
      out.println(summary);
      out.println(CleanReadings.describe(address, CLEAN));
      out.flush();
      return signal.received() ? ExitCodes.STOPPED : ExitCodes.DONE;
    } catch (IOException e) {
      throw MillraceException.job(e.getMessage(), e);
    }
  }

  /** On Kafka's usual port if that is free, so that the script can be run by hand meanwhile. */
  private static EmbeddedBroker startBroker() throws IOException {
    try {
      return EmbeddedBroker.start(null, USUAL_PORT);
    } catch (IOException e) {
      return EmbeddedBroker.start(null, 0);
    }
  }

  private void stop() {
    stopped = true;
    Job started = job;
    if (started != null) {
      started.stop();
    }
  }

  /** Returns a line about what was sent. */
  private String run(String address) throws IOException, InterruptedException {
    String script = Files.readString(home().resolve(SCRIPT)).replace(ADDRESS_IN_SCRIPT, address);
    try (SensorProducer producer = new SensorProducer(address, DIRTY, System.nanoTime())) {
      Thread sending = new Thread(producer, "sensor-producer");
      sending.setDaemon(true);
      sending.start();
      try (Job started = Millrace.sql(script).start()) {
        job = started;
        if (stopped) {
          started.stop();
        }
        if (seconds == null) {
          started.await();
        } else {
          started.await(Duration.ofSeconds(seconds));
        }
      }
      return "The producer has sent %d readings; %d of them were no valid JSON and were skipped."
          .formatted(producer.acknowledged(), job.status().rowsSkipped());
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("millrace.home", "."));
  }
}
