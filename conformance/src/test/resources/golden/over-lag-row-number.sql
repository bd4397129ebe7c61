SELECT id, LAG(price) OVER w, LAG(price, 2) OVER w, ROW_NUMBER() OVER w FROM bids
WINDOW w AS (PARTITION BY auction ORDER BY ts);
