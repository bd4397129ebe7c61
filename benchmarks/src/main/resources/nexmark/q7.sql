-- Finds the highest bids of every ten seconds: a window's maximum, joined with the bids.
CREATE TABLE answer (
  auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), extra STRING
) WITH (${sink});

INSERT INTO answer
WITH highest AS (
  SELECT MAX(price) AS price, window_end AS until
  FROM TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND)
  GROUP BY window_start, window_end
)
SELECT bid.auction, bid.bidder, bid.price, bid.`dateTime`, bid.extra
FROM bid
JOIN highest
  ON bid.price = highest.price
  AND bid.`dateTime` BETWEEN highest.until - INTERVAL '10' SECOND AND highest.until;
