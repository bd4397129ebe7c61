CREATE TABLE events (
  kind INT,
  bid ROW<auction BIGINT, price BIGINT, channel STRING, extra STRING>,
  person ROW<id BIGINT, name STRING>,
  `at` AS bid.auction + 1,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH ('connector' = 'datagen');
CREATE TABLE files (id STRING, a INT, b INT, c INT, `file.path` STRING NOT NULL METADATA, `file.size` BIGINT NOT NULL METADATA)
WITH ('connector' = 'filesystem', 'path' = '/data/files', 'format' = 'json');
CREATE TABLE bids (auction BIGINT, price BIGINT) WITH ('connector' = 'blackhole');
CREATE TABLE sums (path STRING NOT NULL, total INT) WITH ('connector' = 'blackhole');
CREATE TABLE ones (x INT) WITH ('connector' = 'blackhole');
CREATE VIEW bid_view AS SELECT `at`, bid, ts FROM events;
INSERT INTO bids SELECT `at`, bid.price FROM bid_view;
INSERT INTO sums SELECT `file.path`, a + c FROM files;
INSERT INTO ones SELECT 1 FROM files
