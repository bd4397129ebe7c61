SELECT auction, SUM(price) FROM bids GROUP BY auction HAVING COUNT(*) > 18;
