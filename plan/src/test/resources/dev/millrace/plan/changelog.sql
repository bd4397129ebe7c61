CREATE TABLE changes (id STRING, amount DOUBLE, note STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (
  'connector' = 'kafka', 'topic' = 'changes', 'properties.bootstrap.servers' = 'localhost:9092', 'format' = 'debezium-json');
CREATE TABLE upserted (id STRING, amount DOUBLE, PRIMARY KEY (id) NOT ENFORCED) WITH (
  'connector' = 'upsert-kafka', 'topic' = 'upserted', 'properties.bootstrap.servers' = 'localhost:9092',
  'key.format' = 'json', 'value.format' = 'json', 'sink.parallelism' = '3');
CREATE TABLE counts (id STRING, amount DOUBLE, number BIGINT, PRIMARY KEY (id, amount) NOT ENFORCED) WITH ('connector' = 'blackhole');
INSERT INTO upserted SELECT id, amount FROM changes;
INSERT INTO counts SELECT id, amount, COUNT(*) FROM changes GROUP BY GROUPING SETS ((id), (amount)) ON CONFLICT DO DEDUPLICATE
