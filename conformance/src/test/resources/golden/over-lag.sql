SELECT id, LAG(price) OVER w, LAG(channel, 2) OVER w FROM bids
WINDOW w AS (PARTITION BY auction ORDER BY ts);
