/**
 * Operators that work by windows of time: aggregates, and rows with their windows.
 *
 * <p>Windows are cut from local time: that of the session's zone for points in time
 * (TIMESTAMP_LTZ), the value itself for a TIMESTAMP. Windows that overlap are made of slices that
 * do not ({@link dev.millrace.engine.operator.window.Windows}), so that a row is aggregated once.
 */
package dev.millrace.engine.operator.window;
