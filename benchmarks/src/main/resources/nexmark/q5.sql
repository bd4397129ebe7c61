-- Finds the auctions with the most bids of the last ten seconds, every two seconds: overlapping windows, and a join of
-- their counts with the highest count.
CREATE TABLE answer (
  auction BIGINT, bids BIGINT
) WITH (${sink});

INSERT INTO answer
WITH counted AS (
  SELECT auction, COUNT(*) AS bids, window_start, window_end
  FROM HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND)
  GROUP BY auction, window_start, window_end
), highest AS (
  SELECT MAX(bids) AS bids, window_start, window_end
  FROM counted
  GROUP BY window_start, window_end
)
SELECT counted.auction, counted.bids
FROM counted
JOIN highest
  ON counted.window_start = highest.window_start
  AND counted.window_end = highest.window_end
  AND counted.bids >= highest.bids;
