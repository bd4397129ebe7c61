CREATE TEMPORARY FUNCTION shout AS 'com.example.Shout';
CREATE TABLE source (id STRING, amount DOUBLE, place ROW<city STRING>) WITH ('connector' = 'datagen', 'rows-per-second' = '5');
CREATE TABLE other (id STRING, amount DOUBLE) WITH ('connector' = 'kafka', 'topic' = 't', 'properties.bootstrap.servers' = 'h:1', 'format' = 'json');
CREATE TABLE parts (id STRING, amount DOUBLE, day_of STRING) PARTITIONED BY (day_of) WITH ('connector' = 'filesystem', 'path' = '/data/parts', 'format' = 'csv');
CREATE TABLE sink (id STRING, amount DOUBLE) WITH ('connector' = 'print', 'print-identifier' = 'x');
INSERT INTO sink SELECT shout(id), SUM(amount) FROM source GROUP BY shout(id);
INSERT INTO sink SELECT JSON_QUERY(shout(o.id), '$.a'), s.amount FROM source s JOIN other o ON s.id = o.id;
INSERT INTO parts SELECT id, amount, 'x' FROM source
