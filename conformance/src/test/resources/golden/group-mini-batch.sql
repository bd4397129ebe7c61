SET 'table.exec.mini-batch.enabled' = 'true';
SET 'table.exec.mini-batch.allow-latency' = '1 s';
SET 'table.exec.mini-batch.size' = '10';
SET 'table.optimizer.agg-phase-strategy' = 'ONE_PHASE';

SELECT auction, COUNT(*), SUM(price), AVG(price) FROM bids GROUP BY auction;
