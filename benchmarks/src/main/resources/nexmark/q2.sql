-- Picks the bids for every 123rd auction: a selective filter.
CREATE TABLE answer (
  auction BIGINT, price BIGINT
) WITH (${sink});

INSERT INTO answer
SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0;
