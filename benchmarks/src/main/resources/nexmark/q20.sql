-- Adds to each bid its auction, for those in category 10: a join with many columns.
CREATE TABLE answer (
  auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, bid_dateTime TIMESTAMP(3), bid_extra STRING,
  itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, `dateTime` TIMESTAMP(3),
  expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING
) WITH (${sink});

INSERT INTO answer
SELECT
  bid.auction, bid.bidder, bid.price, bid.channel, bid.url, bid.`dateTime`, bid.extra,
  offer.itemName, offer.description, offer.initialBid, offer.reserve, offer.`dateTime`,
  offer.expires, offer.seller, offer.category, offer.extra
FROM bid
JOIN auction AS offer ON bid.auction = offer.id
WHERE offer.category = 10;
