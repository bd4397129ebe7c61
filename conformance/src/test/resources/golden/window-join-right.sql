SELECT b.id, o.item, COALESCE(b.window_start, o.window_start) FROM (SELECT * FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '20' SECOND))) AS b
RIGHT JOIN (SELECT * FROM TABLE(TUMBLE(TABLE offers, DESCRIPTOR(ts), INTERVAL '20' SECOND))) AS o
  ON b.auction = o.auction AND b.window_start = o.window_start AND b.window_end = o.window_end;
