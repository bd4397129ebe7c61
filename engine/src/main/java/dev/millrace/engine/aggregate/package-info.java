/**
 * Aggregate functions: what each knows of all groups, in arrays by the group's number ({@link
 * dev.millrace.engine.aggregate.Accumulator}), and the calls of one operator together ({@link
 * dev.millrace.engine.aggregate.Aggregates}).
 */
package dev.millrace.engine.aggregate;
