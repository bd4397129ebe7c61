SELECT id, price, place FROM (
  SELECT *, ROW_NUMBER() OVER (ORDER BY price DESC, id) AS place FROM bids
) WHERE place <= 5;
