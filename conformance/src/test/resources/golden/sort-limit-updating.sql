SELECT auction, n FROM (SELECT auction, COUNT(*) AS n FROM bids GROUP BY auction) ORDER BY n DESC, auction LIMIT 3;
