CREATE TABLE source (id STRING, amount DOUBLE, code CHAR(3), at_time TIMESTAMP_LTZ(3)) WITH ('connector' = 'datagen');
CREATE TABLE written (
  id STRING NOT NULL, headers MAP<STRING, BYTES> METADATA, amount DOUBLE NOT NULL, code CHAR(3),
  written_at TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', doubled AS amount * 2
) WITH ('connector' = 'kafka', 'topic' = 't', 'properties.bootstrap.servers' = 'localhost:9092', 'format' = 'json');
CREATE TABLE upserted (id STRING, amount DOUBLE, PRIMARY KEY (id) NOT ENFORCED) WITH (
  'connector' = 'upsert-kafka', 'topic' = 'u', 'properties.bootstrap.servers' = 'localhost:9092',
  'key.format' = 'json', 'value.format' = 'json', 'value.json.encode.decimal-as-plain-number' = 'true', 'sink.parallelism' = '3');
CREATE TABLE partly (id STRING, amount DOUBLE, code CHAR(3)) WITH ('connector' = 'print', 'sink.parallelism' = '1');
INSERT INTO written SELECT id, CAST(NULL AS MAP<STRING, BYTES>), amount, code, at_time FROM source;
INSERT INTO upserted SELECT id, amount FROM source ON CONFLICT DO DEDUPLICATE;
INSERT INTO partly (code, id) SELECT code, id FROM source
