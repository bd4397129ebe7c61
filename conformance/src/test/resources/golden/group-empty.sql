SELECT COUNT(*), SUM(price), MAX(channel) FROM bids WHERE price < 0;
