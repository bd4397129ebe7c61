-- Rows come to the aggregate with their sessions: a filter and a ranking stand between.
SELECT auction, window_start, window_end, COUNT(*), SUM(price), MAX(place)
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY window_start, window_end, auction ORDER BY price DESC, bidder) AS place
  FROM TABLE(SESSION(TABLE bids PARTITION BY auction, DESCRIPTOR(ts), INTERVAL '3' SECOND)))
WHERE place <= 2
GROUP BY auction, window_start, window_end;
