SET 'table.optimizer.agg-phase-strategy' = 'ONE_PHASE';

SELECT auction, window_start, COUNT(*), MIN(price)
FROM TABLE(HOP(TABLE bids, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '15' SECOND))
GROUP BY auction, window_start, window_end;
