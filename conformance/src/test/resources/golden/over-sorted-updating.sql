SELECT auction, bids, most, SUM(bids) OVER (PARTITION BY bids / 5 ORDER BY most) FROM (
  SELECT auction, COUNT(*) AS bids, MAX(price) AS most FROM bids GROUP BY auction
);
