SET 'table.exec.state.ttl' = '1 h';
SELECT id, SUM(bidder) OVER (PARTITION BY auction ORDER BY price) FROM bids;
