SELECT id, SUM(2) OVER w, LISTAGG(channel, '+') OVER w FROM bids
WINDOW w AS (PARTITION BY auction ORDER BY ts);
