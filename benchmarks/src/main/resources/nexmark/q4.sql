-- Averages, per category, the best bids that came while their auctions were open: a join and an aggregate of an
-- aggregate that changes.
CREATE TABLE answer (
  category BIGINT, average_price BIGINT
) WITH (${sink});

INSERT INTO answer
WITH best AS (
  SELECT offer.id, offer.category, MAX(bid.price) AS price
  FROM auction AS offer
  JOIN bid ON bid.auction = offer.id AND bid.`dateTime` BETWEEN offer.`dateTime` AND offer.expires
  GROUP BY offer.id, offer.category
)
SELECT category, AVG(price) FROM best GROUP BY category;
