-- Equal sessions of different keys are one window; those that only end together are not.
SELECT window_start, window_end, COUNT(*), SUM(total)
FROM (
  SELECT auction, window_start, window_end, SUM(price) AS total
  FROM TABLE(SESSION(TABLE bids PARTITION BY auction, DESCRIPTOR(ts), INTERVAL '3' SECOND))
  GROUP BY auction, window_start, window_end)
GROUP BY window_start, window_end;
