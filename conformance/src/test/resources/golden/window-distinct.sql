SELECT auction, window_start, COUNT(DISTINCT bidder), COUNT(DISTINCT channel) FILTER (WHERE price > 2000)
FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY auction, window_start, window_end;
