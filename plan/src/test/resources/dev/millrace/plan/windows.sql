CREATE TABLE readings (id STRING, amount BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH (
  'connector' = 'kafka', 'topic' = 'readings', 'properties.bootstrap.servers' = 'localhost:9092', 'format' = 'json');
CREATE TABLE totals (id STRING, ts TIMESTAMP(3), total BIGINT) WITH ('connector' = 'blackhole');
INSERT INTO totals SELECT id, TUMBLE_START(ts, INTERVAL '1' MINUTE), SUM(amount) FROM readings GROUP BY id, TUMBLE(ts, INTERVAL '1' MINUTE);
INSERT INTO totals SELECT id, window_start, SUM(amount) FROM TABLE(HOP(TABLE readings, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)) GROUP BY id, window_start, window_end
