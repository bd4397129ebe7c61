SELECT id, LAG(price, 2, id) OVER w, LAG(CAST(auction AS STRING), 1, 'none') OVER w, LAG(bidder, 0) OVER w FROM bids
WINDOW w AS (PARTITION BY auction ORDER BY ts);
