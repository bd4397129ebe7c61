-- The inner query takes rows back; what depends on the order of rows is measured, not shown.
SELECT n, MIN(last_channel), MAX(last_channel), COUNT(DISTINCT last_channel), COLLECT(last_channel), CHAR_LENGTH(LISTAGG(last_channel)),
  CHAR_LENGTH(LISTAGG(DISTINCT last_channel, ' - ')), CARDINALITY(ARRAY_AGG(first_channel)), CARDINALITY(ARRAY_AGG(first_channel) IGNORE NULLS),
  MIN(total > 1000), MAX(latest)
FROM (
  SELECT auction, bidder, COUNT(*) AS n, SUM(price) AS total, LAST_VALUE(channel) AS last_channel, FIRST_VALUE(channel) AS first_channel,
    MAX(ts) AS latest
  FROM bids GROUP BY auction, bidder)
GROUP BY n;
