SELECT b.id, b.window_start FROM (SELECT * FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '20' SECOND))) AS b WHERE NOT EXISTS (
  SELECT 1 FROM (SELECT * FROM TABLE(TUMBLE(TABLE offers, DESCRIPTOR(ts), INTERVAL '20' SECOND))) AS o
  WHERE b.auction = o.auction AND b.window_start = o.window_start AND b.window_end = o.window_end);
