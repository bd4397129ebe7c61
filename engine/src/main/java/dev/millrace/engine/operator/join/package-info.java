/**
 * Operators that join two inputs. Input 0 is the left one.
 *
 * <p>All work alike: for a batch of one input, or a part of it, they collect pairs of its rows and
 * rows kept of the other input that have the same key ({@link
 * dev.millrace.engine.operator.join.Pairs}), decode the latter into columns in one go, evaluate the
 * rest of the condition on the pairs, and gather the result column by column.
 */
package dev.millrace.engine.operator.join;
