CREATE TABLE readings (
  id STRING,
  amount DOUBLE,
  ts TIMESTAMP(3),
  place ROW<city STRING, spot ROW<lat DOUBLE, lon DOUBLE>, tags ARRAY<STRING>>,
  note STRING,
  record_offset BIGINT METADATA FROM 'offset' VIRTUAL,
  record_topic STRING METADATA FROM 'topic' VIRTUAL,
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'kafka',
  'topic' = 'sensors',
  'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'earliest-offset',
  'scan.watermark.idle-timeout' = '10 s',
  'format' = 'json',
  'json.ignore-parse-errors' = 'true'
);
CREATE TABLE doubled (id STRING, amount DOUBLE, lat DOUBLE) WITH ('connector' = 'print');
CREATE TABLE offsets (id STRING, amount DOUBLE, lat DOUBLE) WITH ('connector' = 'blackhole');
CREATE TABLE log (id STRING, amount DOUBLE, ts TIMESTAMP(3), note STRING, WATERMARK FOR ts AS ts)
WITH ('connector' = 'filesystem', 'path' = '/data/log', 'format' = 'csv');
INSERT INTO doubled SELECT id, amount * 2, place.spot.lat FROM readings;
INSERT INTO offsets
SELECT id, amount, place.spot.lon FROM readings
UNION ALL
SELECT id, amount + 1, amount FROM log
