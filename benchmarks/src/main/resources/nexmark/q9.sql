-- Finds each auction's best bid, of equal ones the first, while it was open: a join and the first of a ranking.
-- By the auction's id: Flink gives such a ranking's updates without the rows before, whatever the sink asks for.
CREATE TABLE answer (
  id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, `dateTime` TIMESTAMP(3),
  expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING,
  auction BIGINT, bidder BIGINT, price BIGINT, bid_dateTime TIMESTAMP(3), bid_extra STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (${sink});

INSERT INTO answer
WITH ranked AS (
  SELECT
    offer.*, bid.auction, bid.bidder, bid.price, bid.`dateTime` AS bid_dateTime, bid.extra AS bid_extra,
    ROW_NUMBER() OVER (PARTITION BY offer.id ORDER BY bid.price DESC, bid.`dateTime`) AS place
  FROM auction AS offer
  JOIN bid ON bid.auction = offer.id AND bid.`dateTime` BETWEEN offer.`dateTime` AND offer.expires
)
SELECT
  id, itemName, description, initialBid, reserve, `dateTime`, expires, seller, category, extra,
  auction, bidder, price, bid_dateTime, bid_extra
FROM ranked
WHERE place = 1;
