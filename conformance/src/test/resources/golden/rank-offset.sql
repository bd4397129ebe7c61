SELECT auction, id, price, place FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price, id) AS place FROM bids
) WHERE place BETWEEN 2 AND 4;
