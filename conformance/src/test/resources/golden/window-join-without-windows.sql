SELECT b.id, o.item, b.window_start, o.window_start FROM (SELECT * FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '20' SECOND))) AS b
JOIN (SELECT * FROM TABLE(TUMBLE(TABLE offers, DESCRIPTOR(ts), INTERVAL '20' SECOND))) AS o ON b.auction = o.auction
WHERE b.id < 40;
