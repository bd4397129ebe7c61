-- Adds to each bid what a bounded table knows of its auction: a join of a stream with a side input.
CREATE TABLE side_input (
  `key` BIGINT
) WITH (
  'connector' = 'datagen', 'fields.key.kind' = 'sequence', 'fields.key.start' = '0', 'fields.key.end' = '9999'
);

CREATE TABLE answer (
  auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), `value` STRING
) WITH (${sink});

INSERT INTO answer
SELECT bid.auction, bid.bidder, bid.price, bid.`dateTime`, side.`value`
FROM bid
JOIN (SELECT `key`, 'value ' || CAST(`key` AS STRING) AS `value` FROM side_input) AS side
  ON MOD(bid.auction, 10000) = side.`key`;
