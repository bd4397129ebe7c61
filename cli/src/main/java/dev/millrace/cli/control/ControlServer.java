package dev.millrace.cli.control;

import dev.millrace.api.Job;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets other processes of the same user ask something of a running job, one after the other,
 * through a socket of its own. See {@link ControlMessage}.
 */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final long PATIENCE_MILLIS = 5000;

  private final Job job;
  private final Path socket;
  private final ServerSocketChannel server;
  private final Thread thread;
  private volatile boolean answering;

  private ControlServer(Job job, Path socket, ServerSocketChannel server) {
    this.job = job;
    this.socket = socket;
    this.server = server;
    this.thread = new Thread(this::serve, "control");
    thread.setDaemon(true);
  }

  /** Serves a job whose name this process has claimed; null, with a warning, if that fails. */
  public static ControlServer open(Job job) {
    try {
      Path socket = RunFolder.open().socket(job.name());
      // Whoever made it is dead, since the name is ours.
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(socket));
      } catch (IOException e) {
        server.close();
        throw e;
      }
      ControlServer control = new ControlServer(job, socket, server);
      control.thread.start();
      return control;
    } catch (IOException e) {
      LOG.warn("'millrace savepoint' will not reach '{}': {}", job.name(), e.getMessage());
      return null;
    }
  }

  private void serve() {
    while (true) {
      try (SocketChannel client = server.accept()) {
        answering = true;
        String[] request = ControlMessage.read(client);
        ControlMessage.write(client, answer(request));
      } catch (AsynchronousCloseException e) {
        return;
      } catch (IOException e) {
        LOG.debug("A client of the control socket was lost", e);
        if (!server.isOpen()) {
          return;
        }
      } finally {
        answering = false;
      }
    }
  }

  private String[] answer(String... request) {
    try {
      return switch (request[0]) {
        case ControlMessage.NAME -> new String[] {ControlMessage.OK, job.name()};
        case ControlMessage.SAVEPOINT ->
            new String[] {ControlMessage.OK, savepoint(request[1], request[2])};
        default ->
            new String[] {ControlMessage.ERROR, "this release does not know " + request[0] + "."};
      };
    } catch (MillraceException e) {
      return new String[] {ControlMessage.ERROR, e.getMessage()};
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new String[] {ControlMessage.ERROR, "the process ends."};
    }
  }

  private String savepoint(String directory, String stop) throws InterruptedException {
    return job.savepoint(directory.isEmpty() ? null : directory, Boolean.parseBoolean(stop));
  }

  /** Whoever is being answered still gets the answer. */
  @Override
  public void close() {
    try {
      long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
      while (answering && System.nanoTime() < end) {
        Thread.sleep(1);
      }
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.debug("The control socket is left behind", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
