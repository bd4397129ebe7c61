SET 'table.exec.mini-batch.enabled' = 'true';
SET 'table.exec.mini-batch.allow-latency' = '1 s';
SET 'table.exec.mini-batch.size' = '10';
SET 'table.optimizer.agg-phase-strategy' = 'TWO_PHASE';

SELECT n, COUNT(*), SUM(total), MAX(total) FROM (
  SELECT auction, bidder, COUNT(*) AS n, SUM(price) AS total FROM bids GROUP BY auction, bidder
) GROUP BY n;
