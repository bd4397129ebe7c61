SELECT auction, COUNT(DISTINCT bidder), SUM(DISTINCT bidder), COUNT(DISTINCT channel) FILTER (WHERE price > 3000),
  COUNT(*) FILTER (WHERE channel = 'web'), MAX(price) FILTER (WHERE bidder = 101)
FROM bids GROUP BY auction;
