SELECT bidder, window_start, window_end, COUNT(*), MAX(price)
FROM TABLE(CUMULATE(TABLE bids, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND))
GROUP BY bidder, window_start, window_end;
