SELECT bidder, channel, MAX(price) FROM bids WHERE auction < 4 GROUP BY CUBE (bidder, channel)
UNION ALL
SELECT bidder, channel, MIN(price) FROM bids WHERE auction >= 4 GROUP BY ROLLUP (bidder, channel);
