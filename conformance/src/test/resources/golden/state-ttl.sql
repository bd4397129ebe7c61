SET 'table.exec.state.ttl' = '1 d';

SELECT auction, COUNT(*) FROM bids GROUP BY auction;
