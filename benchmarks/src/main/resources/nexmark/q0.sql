-- Passes every bid through: what reading and writing alone cost.
CREATE TABLE answer (
  auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), extra STRING
) WITH (${sink});

INSERT INTO answer
SELECT auction, bidder, price, `dateTime`, extra FROM bid;
