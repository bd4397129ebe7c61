SELECT id, channel, COUNT(*) OVER w, SUM(price) OVER w, AVG(price) OVER w, MAX(ts) OVER w, RANK() OVER w FROM bids
WINDOW w AS (PARTITION BY auction ORDER BY channel);
