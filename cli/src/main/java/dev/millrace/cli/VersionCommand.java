package dev.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "version",
    description = "Prints the versions of Millrace, of the SQL it speaks and of Java.",
    footer = {"", "Example:", "  millrace version"})
final class VersionCommand implements Runnable, IVersionProvider {
  @Spec private CommandSpec spec;

  @Override
  public String[] getVersion() {
    return new String[] {
      "Millrace " + ofPackage(VersionCommand.class.getPackage()),
      "Flink SQL 2.3",
      "Java " + Runtime.version()
    };
  }

  /** Written into the jar's manifest by the build. */
  private static String ofPackage(Package own) {
    String version = own.getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @Override
  public void run() {
    for (String line : getVersion()) {
      spec.commandLine().getOut().println(line);
    }
  }
}
