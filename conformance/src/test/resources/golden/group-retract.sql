SELECT n, COUNT(*), SUM(total), AVG(total), MIN(total), MAX(total), COUNT(DISTINCT auction)
FROM (SELECT auction, bidder, COUNT(*) AS n, SUM(price) AS total FROM bids GROUP BY auction, bidder)
GROUP BY n;
