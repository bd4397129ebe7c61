package dev.millrace.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/**
 * What a command line printed and its exit code.
 *
 * @param out standard output
 * @param err standard error
 */
record Command(int exitCode, String out, String err) {
  /** Runs a command line in this process; one at a time, because it swaps the standard streams. */
  static synchronized Command run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      CommandLine command = Main.commandLine();
      command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
      command.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      int exitCode = command.execute(arguments);
      System.out.flush();
      System.err.flush();
      return new Command(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }

  /** The lines of standard error that are no log lines. */
  List<String> messages() {
    return err.lines().filter(line -> !line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*")).toList();
  }
}
