package dev.millrace.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the tasks of a job on threads: one worker per core for all tasks that do not block, which
 * they take in turn from a common queue, and a thread for each of the others.
 *
 * <p>A worker that finds nothing to move parks, for longer and longer; whoever makes work wakes it.
 */
final class Workers implements Waker {
  private static final long MIN_PARK_NANOS = 50_000;
  private static final long MAX_PARK_NANOS = 10_000_000;

  private final String jobName;
  private final Queue<Task> ready = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicInteger parked = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean aborted;
  private volatile boolean suspended;

  Workers(String jobName) {
    this.jobName = jobName;
  }

  /** Starts the threads. {@code done} runs on the last one that ends. */
  void start(List<Task> tasks, int workers, Runnable done) {
    List<Task> cooperative = tasks.stream().filter(task -> !task.blocking()).toList();
    unfinished.set(cooperative.size());
    ready.addAll(cooperative);
    List<Runnable> loops = new ArrayList<>();
    for (int i = 0; i < Math.min(workers, cooperative.size()); i++) {
      loops.add(this::runReady);
    }
    for (Task task : tasks) {
      if (task.blocking()) {
        loops.add(() -> runAlone(task));
      }
    }
    AtomicInteger running = new AtomicInteger(loops.size());
    for (int i = 0; i < loops.size(); i++) {
      Runnable loop = loops.get(i);
      Thread thread =
          new Thread(
              () -> {
                loop.run();
                if (running.decrementAndGet() == 0) {
                  done.run();
                }
              },
              jobName + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /** The first failure, or null. */
  Throwable failure() {
    return failure.get();
  }

  /** Ends all threads as soon as they return from their tasks; blocked ones are interrupted. */
  void abort(Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      aborted = true;
      for (Thread thread : threads) {
        if (thread != Thread.currentThread()) {
          thread.interrupt();
        }
      }
    }
  }

  /** Ends all threads as {@link #abort} does, but as a success. */
  void suspend() {
    suspended = true;
    wake();
  }

  private boolean running() {
    return !aborted && !suspended;
  }

  private void runReady() {
    int misses = 0;
    while (running() && unfinished.get() > 0) {
      Task task = ready.poll();
      boolean moved = task != null && run(task);
      if (task != null && task.finished()) {
        unfinished.decrementAndGet();
        wake();
      } else if (task != null) {
        ready.add(task);
      }
      misses = moved ? 0 : misses + 1;
      park(misses - 2 * unfinished.get());
    }
  }

  private void runAlone(Task task) {
    int misses = 0;
    while (running() && !task.finished()) {
      misses = run(task) ? 0 : misses + 1;
      park(misses);
    }
    wake();
  }

  private boolean run(Task task) {
    TaskMeter meter = task.meter();
    meter.begin();
    try {
      return task.run();
    } catch (Throwable e) {
      abort(e);
      return false;
    } finally {
      meter.end();
    }
  }

  private void park(int misses) {
    if (misses > 0 && running()) {
      parked.incrementAndGet();
      LockSupport.parkNanos(this, Math.min(MAX_PARK_NANOS, MIN_PARK_NANOS << Math.min(misses, 10)));
      parked.decrementAndGet();
    }
  }

  @Override
  public void wake() {
    if (parked.get() > 0) {
      for (Thread thread : threads) {
        LockSupport.unpark(thread);
      }
    }
  }
}
