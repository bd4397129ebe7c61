package dev.millrace.engine.runtime;

import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.time.Clock;
import java.util.List;

/** Has a source's splits found, once or again and again, and dealt out. */
final class DiscoveryTask implements Task {
  private final String name;
  private final SplitEnumerator enumerator;
  private final SplitAssigner assigner;
  private final JobServices services;
  private final StopSignal stop;
  private final TaskMeter meter;
  private long nextNanos;
  private boolean finished;

  DiscoveryTask(
      String name,
      SplitEnumerator enumerator,
      SplitAssigner assigner,
      JobServices services,
      StopSignal stop) {
    this.name = name;
    this.enumerator = enumerator;
    this.assigner = assigner;
    this.services = services;
    this.stop = stop;
    this.meter = TaskMeter.unlisted(name, services.config().clock());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean blocking() {
    return true;
  }

  @Override
  public void open() {
    nextNanos = services.config().clock().nanoTime();
  }

  @Override
  public boolean run() {
    if (stop.requested()) {
      finish();
      return true;
    }
    Clock clock = services.config().clock();
    if (clock.nanoTime() - nextNanos < 0) {
      return false;
    }
    List<Split> found = enumerator.discover();
    assigner.add(found);
    if (enumerator.interval() == null) {
      finish();
    } else {
      nextNanos = clock.nanoTime() + enumerator.interval().toNanos();
    }
    services.waker().wake();
    return true;
  }

  @Override
  public boolean hasWork() {
    return false;
  }

  private void finish() {
    assigner.complete();
    finished = true;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public TaskMeter meter() {
    return meter;
  }

  /** Whether splits have been looked for. */
  boolean discovered() {
    return assigner.discovered();
  }

  @Override
  public void close() {
    enumerator.close();
  }
}
