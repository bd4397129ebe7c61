package dev.millrace.cli.control;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks something of a job that another process of this user runs on this machine. */
public final class ControlClient {
  private ControlClient() {}

  /**
   * Has a savepoint taken and waits for it.
   *
   * @param directory takes its folder; empty for the one that the job's settings name
   * @return where it lies
   */
  public static String savepoint(String job, String directory, boolean stop) {
    try {
      RunFolder folder = RunFolder.open();
      String[] answer =
          ask(folder.socket(job), ControlMessage.SAVEPOINT, directory, Boolean.toString(stop))
              .orElseThrow(() -> notRunning(job, folder));
      if (answer[0].equals(ControlMessage.OK)) {
        return answer[1];
      }
      throw MillraceException.job(answer[1]);
    } catch (IOException e) {
      throw MillraceException.job(
          "The process of '%s' did not answer (%s). No savepoint is known of."
              .formatted(job, e.toString()),
          e);
    }
  }

  private static MillraceException notRunning(String job, RunFolder folder) {
    List<String> running = running(folder);
    return MillraceException.usage(
        "No job '%s' with checkpoints is running on this machine as this user (running: %s)."
            .formatted(job, running.isEmpty() ? "none" : String.join(", ", running)));
  }

  /** The names of all jobs that answer. */
  private static List<String> running(RunFolder folder) {
    List<String> names = new ArrayList<>();
    try {
      for (Path socket : folder.sockets()) {
        ask(socket, ControlMessage.NAME).ifPresent(answer -> names.add("'" + answer[1] + "'"));
      }
    } catch (IOException e) {
      names.add("not known");
    }
    return names;
  }

  /** Empty if nobody listens. */
  private static Optional<String[]> ask(Path socket, String... request) throws IOException {
    try (SocketChannel channel = connect(socket)) {
      if (channel == null) {
        return Optional.empty();
      }
      ControlMessage.write(channel, request);
      return Optional.of(ControlMessage.read(channel));
    }
  }

  private static SocketChannel connect(Path socket) {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return null;
    }
  }
}
