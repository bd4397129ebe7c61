SELECT auction, bidder, lowest, place FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY lowest, bidder) AS place FROM (SELECT auction, bidder, MIN(price) AS lowest FROM bids GROUP BY auction, bidder)
) WHERE place <= 2;
