package dev.millrace.cli;

/** What the command tells the shell. */
final class ExitCodes {
  static final int DONE = 0;

  /** The job ran, or tried to, and failed. */
  static final int FAILED = 1;

  /** The command line, the script or an option is wrong; nothing was started. */
  static final int USAGE = 2;

  /** Ctrl-C or a termination signal. */
  static final int STOPPED = 130;

  private ExitCodes() {}
}
