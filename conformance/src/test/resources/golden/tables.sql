-- What every golden file reads. Times are at most two seconds out of order, and watermarks wait for five: no row is
-- late, whatever the engine's batches.
CREATE TABLE bids (
  id BIGINT, auction BIGINT, bidder INT, price BIGINT, channel STRING, ts TIMESTAMP(3), arrival AS PROCTIME(),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = '${input}/bids.csv', 'format' = 'csv', 'csv.null-literal' = ''
);

CREATE TABLE offers (
  auction BIGINT, seller INT, item STRING, category STRING, fee DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = '${input}/offers.csv', 'format' = 'csv', 'csv.null-literal' = ''
);

