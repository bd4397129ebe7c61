SELECT auction, id, price FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY arrival DESC) AS place FROM bids
) WHERE place = 1;
