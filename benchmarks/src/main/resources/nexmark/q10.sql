-- Logs every bid to files, with its day and minute. Unlike in the benchmark's own query they are no folders: the native
-- file sink has no partitions.
CREATE TABLE answer (
  auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), extra STRING, `day` STRING, `minute` STRING
) WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '${files}');

INSERT INTO answer
SELECT
  auction, bidder, price, `dateTime`, extra, DATE_FORMAT(`dateTime`, 'yyyy-MM-dd'), DATE_FORMAT(`dateTime`, 'HH:mm')
FROM bid;
