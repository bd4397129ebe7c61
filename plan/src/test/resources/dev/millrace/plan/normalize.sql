CREATE TABLE latest (id STRING, amount DOUBLE, note STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (
  'connector' = 'upsert-kafka', 'topic' = 'latest', 'properties.bootstrap.servers' = 'localhost:9092',
  'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE counts (amount DOUBLE, number BIGINT, PRIMARY KEY (amount) NOT ENFORCED) WITH ('connector' = 'blackhole');
INSERT INTO counts SELECT amount, COUNT(*) FROM latest WHERE amount > 3 GROUP BY amount;
