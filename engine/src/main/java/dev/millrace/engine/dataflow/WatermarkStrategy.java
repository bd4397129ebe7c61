package dev.millrace.engine.dataflow;

import dev.millrace.engine.expression.Expression;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How watermarks come from the rows of each split.
 *
 * @param watermark makes the expression for a row's watermark, a timestamp; null values are passed
 *     over
 * @param idleTimeout after which a split without rows is left out, or null for never
 */
public record WatermarkStrategy(Supplier<Expression> watermark, Duration idleTimeout) {}
