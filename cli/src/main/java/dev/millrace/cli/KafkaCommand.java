package dev.millrace.cli;

import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "kafka",
    description = {
      "Runs a real Kafka broker in this process until Ctrl-C, for trying things.",
      "It listens on localhost only and keeps nothing unless --dir is given."
    },
    footer = {"", "Example:", "  millrace kafka --topic sensor_data:2 --topic sensor_clean"})
final class KafkaCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "9092",
      description = "The port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "D",
      description = "Where topics are kept; a temporary folder if absent.")
  private Path dir;

  @Option(
      names = "--topic",
      paramLabel = "NAME[:PARTITIONS]",
      description = "A topic to create, with 1 partition unless said; may be repeated.")
  private List<String> topics = List.of();

  /** A topic as the command line writes it. */
  record Topic(String name, int partitions) {
    private static final Pattern FORM =
        Pattern.compile("([A-Za-z0-9._-]{1,249})(?::([1-9][0-9]{0,4}))?");

    static Topic parse(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw MillraceException.usage(
            "--topic '%s' is not a topic: write NAME or NAME:PARTITIONS, a name of letters,"
                    .formatted(text)
                + " digits, '.', '_' and '-'.");
      }
      String partitions = matcher.group(2);
      return new Topic(matcher.group(1), partitions == null ? 1 : Integer.parseInt(partitions));
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > MAX_PORT) {
      throw MillraceException.usage("--port %d is not between 0 and %d.".formatted(port, MAX_PORT));
    }
    List<Topic> parsed = topics.stream().map(Topic::parse).toList();
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch stopped = new CountDownLatch(1);
    ShutdownSignal signal = ShutdownSignal.onShutdown(stopped::countDown);
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, port)) {
      for (Topic topic : parsed) {
        broker.createTopic(topic.name(), topic.partitions());
      }
      out.println("Kafka is ready at " + broker.bootstrapServers() + "; Ctrl-C ends it.");
      out.flush();
      stopped.await();
    } catch (IOException e) {
      throw MillraceException.job(e.getMessage(), e);
    } finally {
      signal.close();
    }
    return ExitCodes.STOPPED;
  }
}
