-- The same cleaning from a file of readings, to its end:
--   ./millrace run examples/sensor_file.sql
--   ./millrace run examples/sensor_file.sql --engine flink

CREATE TABLE sensor_file (
  sensor      STRING,
  site        STRING,
  temperature STRING,
  unit        STRING,
  read_at     TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = 'examples/data/sensor_readings.json',
  'format' = 'json',
  'json.ignore-parse-errors' = 'true'
);

CREATE TABLE console (
  sensor  STRING,
  site    STRING,
  celsius DECIMAL(5, 2),
  read_at TIMESTAMP(3)
) WITH (
  'connector' = 'print'
);

INSERT INTO console
SELECT sensor, site, CAST(celsius AS DECIMAL(5, 2)), read_at
FROM (
  SELECT
    UPPER(TRIM(sensor)) AS sensor,
    INITCAP(TRIM(site)) AS site,
    CASE UPPER(TRIM(unit))
      WHEN 'F' THEN (TRY_CAST(TRIM(temperature) AS DOUBLE) - 32) / 1.8
      ELSE TRY_CAST(TRIM(temperature) AS DOUBLE)
    END AS celsius,
    read_at
  FROM sensor_file
)
WHERE sensor <> '' AND celsius BETWEEN -60 AND 60;
