SELECT auction, bidder, n, place FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY n DESC, bidder) AS place FROM (SELECT auction, bidder, COUNT(*) AS n FROM bids GROUP BY auction, bidder)
) WHERE place <= 2;
