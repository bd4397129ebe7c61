CREATE VIEW small AS
SELECT auction, window_time AS wt, SUM(price) AS total
FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '5' SECOND))
GROUP BY auction, window_start, window_end, window_time;

SELECT window_start, window_end, COUNT(*), SUM(total)
FROM TABLE(TUMBLE(TABLE small, DESCRIPTOR(wt), INTERVAL '20' SECOND))
GROUP BY window_start, window_end;
