package dev.millrace.engine.runtime;

import java.util.Random;

/** The end of the simulated process, in the middle of a call to the outside. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  private Killed() {
    super("killed");
  }

  /** Decides by chance where the process is killed. */
  static final class Chance {
    private final Random random;
    private int oneIn;

    Chance(Random random) {
      this.random = random;
    }

    /** From now on one of so many calls; never if 0. */
    void set(int newOneIn) {
      oneIn = newOneIn;
    }

    /** Stands before and after what a call does outside. */
    void maybe() {
      if (oneIn > 0 && random.nextInt(oneIn) == 0) {
        throw new Killed();
      }
    }
  }
}
