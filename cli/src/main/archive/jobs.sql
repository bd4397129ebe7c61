

-- Run after examples/sensor_file.sql when the class archive is made, for the classes of what a short script also does:
-- a condition that a source could take, arithmetic, rows shown as a table.

CREATE TABLE readings (sensor STRING, temperature STRING, read_at TIMESTAMP(3)) WITH (
  'connector' = 'filesystem',
  'path' = 'examples/data/sensor_readings.json',
  'format' = 'json',
  'json.ignore-parse-errors' = 'true'
);

CREATE TABLE numbers (n BIGINT, price DOUBLE, label STRING) WITH (
  'connector' = 'datagen',
  'number-of-rows' = '10'
);

CREATE TABLE printed (n BIGINT, label STRING) WITH ('connector' = 'print');

INSERT INTO printed
SELECT n + 1, LOWER(label) FROM numbers WHERE n <> 7 AND price > 0.5;

SELECT sensor, CONCAT(temperature, ' degrees') AS temperature, read_at
FROM readings
WHERE sensor IN ('a', 'b') OR read_at IS NOT NULL;
