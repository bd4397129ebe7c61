SELECT auction, COUNT(*), COUNT(channel), SUM(price), AVG(price), MIN(price), MAX(price), MIN(ts), MAX(channel)
FROM bids GROUP BY auction;
