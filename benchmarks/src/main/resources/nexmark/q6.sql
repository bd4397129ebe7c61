-- Averages each seller's prices up to each auction, an auction's price being the best bid that came while it was open.
-- The benchmark's own query takes the last ten; Flink has no bounded OVER aggregation of rows that change.
CREATE TABLE answer (
  seller BIGINT, average_price BIGINT
) WITH (${sink});

INSERT INTO answer
WITH ranked AS (
  SELECT
    offer.id, offer.seller, bid.price, bid.`dateTime`,
    ROW_NUMBER() OVER (PARTITION BY offer.id, offer.seller ORDER BY bid.price DESC) AS place
  FROM auction AS offer
  JOIN bid ON bid.auction = offer.id AND bid.`dateTime` BETWEEN offer.`dateTime` AND offer.expires
)
SELECT
  seller,
  AVG(price) OVER (PARTITION BY seller ORDER BY `dateTime` RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
FROM ranked
WHERE place = 1;
