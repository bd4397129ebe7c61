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
 * <p>A thread that finds nothing to move parks, for longer and longer. Whoever makes work wakes the
 * workers, and of the other threads those whose task has got some: waking costs a system call, and
 * every batch that is handed over is work.
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

  /** Those that run the tasks that do not block. */
  private volatile List<Thread> shared = List.of();

  private volatile List<Alone> others = List.of();
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
    int sharing = Math.min(workers, cooperative.size());
    AtomicInteger running = new AtomicInteger(sharing + tasks.size() - cooperative.size());
    for (int i = 0; i < sharing; i++) {
      thread(this::runReady, running, done);
    }
    shared = List.copyOf(threads);
    List<Alone> alone = tasks.stream().filter(Task::blocking).map(Alone::new).toList();
    alone.forEach(each -> each.thread = thread(each::run, running, done));
    others = alone;
    threads.forEach(Thread::start);
  }

  private Thread thread(Runnable loop, AtomicInteger running, Runnable done) {
    Thread thread =
        new Thread(
            () -> {
              loop.run();
              if (running.decrementAndGet() == 0) {
                done.run();
              }
            },
            jobName + "-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
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
    wakeAll();
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
        wakeAll();
      } else if (task != null) {
        ready.add(task);
      }
      misses = moved ? 0 : misses + 1;
      int idleRounds = misses - 2 * unfinished.get();
      if (idleRounds > 0 && running()) {
        parked.incrementAndGet();
        park(idleRounds);
        parked.decrementAndGet();
      }
    }
  }

  /** A task with a thread of its own. */
  private final class Alone {
    private final Task task;
    private Thread thread;
    private volatile boolean parked;

    Alone(Task task) {
      this.task = task;
    }

    void run() {
      int misses = 0;
      while (running() && !task.finished()) {
        misses = Workers.this.run(task) ? 0 : misses + 1;
        if (misses > 0 && running()) {
          parked = true;
          park(misses);
          parked = false;
        }
      }
      wakeAll();
    }

    void wakeIfWorkCame() {
      if (parked && task.hasWork()) {
        LockSupport.unpark(thread);
      }
    }
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
    LockSupport.parkNanos(this, Math.min(MAX_PARK_NANOS, MIN_PARK_NANOS << Math.min(misses, 10)));
  }

  @Override
  public void wake() {
    if (parked.get() > 0) {
      shared.forEach(LockSupport::unpark);
    }
    for (Alone other : others) {
      other.wakeIfWorkCame();
    }
  }

  /** Wakes all threads, as what they are to do may be another. */
  void wakeAll() {
    threads.forEach(LockSupport::unpark);
  }
}
