package dev.millrace.cli;

/** What the command tells the shell. */
public final class ExitCodes {
  public static final int DONE = 0;

  /** The job ran, or tried to, and failed. */
  public static final int FAILED = 1;

  /** The command line, the script or an option is wrong; nothing was started. */
  public static final int USAGE = 2;

  /** Ctrl-C or a termination signal. */
  public static final int STOPPED = 130;

  private ExitCodes() {}
}
