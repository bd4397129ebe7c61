-- Cleans untidy sensor readings on their way through Kafka.
-- Run by './millrace demo'. By hand: './millrace kafka --topic sensor_data --topic sensor_clean' in one
-- terminal, './millrace run examples/sensor.sql' in another.

CREATE TABLE sensor_data (
  sensor      STRING,
  site        STRING,
  temperature STRING,
  unit        STRING,
  read_at     TIMESTAMP(3),
  WATERMARK FOR read_at AS read_at - INTERVAL '2' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'sensor_data',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'sensor-cleaning',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json',
  'json.ignore-parse-errors' = 'true'
);

-- Trimmed, in one notation, in one unit; readings without a sensor or a believable number are left out.
CREATE VIEW clean_readings AS
SELECT sensor, site, CAST(celsius AS DECIMAL(5, 2)) AS celsius, read_at
FROM (
  SELECT
    UPPER(TRIM(sensor)) AS sensor,
    INITCAP(TRIM(site)) AS site,
    CASE UPPER(TRIM(unit))
      WHEN 'F' THEN (TRY_CAST(TRIM(temperature) AS DOUBLE) - 32) / 1.8
      ELSE TRY_CAST(TRIM(temperature) AS DOUBLE)
    END AS celsius,
    read_at
  FROM sensor_data
)
WHERE sensor <> '' AND celsius BETWEEN -60 AND 60;

CREATE TABLE console (
  sensor  STRING,
  site    STRING,
  celsius DECIMAL(5, 2),
  read_at TIMESTAMP(3)
) WITH (
  'connector' = 'print',
  'print-identifier' = 'Processed data'
);

CREATE TABLE sensor_clean (
  sensor  STRING,
  site    STRING,
  celsius DECIMAL(5, 2),
  read_at TIMESTAMP(3)
) WITH (
  'connector' = 'kafka',
  'topic' = 'sensor_clean',
  'properties.bootstrap.servers' = 'localhost:9092',
  'format' = 'json'
);

INSERT INTO console SELECT * FROM clean_readings;

INSERT INTO sensor_clean SELECT * FROM clean_readings;
