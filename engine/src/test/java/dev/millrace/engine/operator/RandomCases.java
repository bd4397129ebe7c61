package dev.millrace.engine.operator;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Counts the scripts that {@link OperatorHarness} has checked and prints how many. */
public final class RandomCases implements TestExecutionListener {
  private static final Map<String, LongAdder> SCRIPTS = new ConcurrentSkipListMap<>();

  static void count(Class<? extends Operator> operator) {
    SCRIPTS.computeIfAbsent(operator.getSimpleName(), name -> new LongAdder()).increment();
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    // With several JVMs, each class of tests is a plan of its own.
    SCRIPTS.forEach(
        (operator, count) ->
            System.out.printf(
                "Scripts checked: %d of %s, each in batches of 1, 7 and 1024, one or two of them"
                    + " with snapshots%n",
                count.sum(), operator));
    SCRIPTS.clear();
  }
}
