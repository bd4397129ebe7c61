SELECT id, LAG(price) OVER (PARTITION BY bidder ORDER BY arrival) FROM bids;
