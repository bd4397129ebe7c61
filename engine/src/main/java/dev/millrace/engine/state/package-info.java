/**
 * Where stateful operators keep what they know: keys numbered densely ({@link
 * dev.millrace.engine.state.KeyTable}), values in arrays by that number, whole rows as bytes in
 * pages ({@link dev.millrace.engine.state.RowStore}).
 */
package dev.millrace.engine.state;
