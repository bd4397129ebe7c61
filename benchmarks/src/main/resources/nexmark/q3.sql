-- Finds who in three states offers something in category 10: a join of two streams that only grow.
CREATE TABLE answer (
  name STRING, city STRING, state STRING, auction BIGINT
) WITH (${sink});

INSERT INTO answer
SELECT seller.name, seller.city, seller.state, offer.id
FROM auction AS offer
JOIN person AS seller ON offer.seller = seller.id
WHERE offer.category = 10 AND seller.state IN ('CA', 'ID', 'OR');
