SELECT channel, COUNT(*), SUM(price) FROM bids GROUP BY channel;
