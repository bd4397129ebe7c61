SELECT auction, window_start, window_end, COUNT(*), SUM(price), AVG(price), MAX(channel)
FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY auction, window_start, window_end;
