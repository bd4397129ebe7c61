package dev.millrace.engine.runtime;

/** Tells whoever runs the tasks that there is something to do. Cheap and thread-safe. */
@FunctionalInterface
interface Waker {
  void wake();
}
