-- All rows lie in the window that began in 1970; it is complete when the input ends.
SELECT auction, window_start, window_end, COUNT(*), SUM(price)
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction, bidder ORDER BY arrival) AS place
  FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(arrival), INTERVAL '30000' DAY(5))))
WHERE place = 1
GROUP BY auction, window_start, window_end;
