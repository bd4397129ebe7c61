-- key: 0
CREATE TABLE answer (n BIGINT PRIMARY KEY NOT ENFORCED, auction BIGINT) WITH ('connector' = 'memory');

INSERT INTO answer SELECT n, MAX(auction) FROM (SELECT auction, COUNT(*) AS n FROM bids GROUP BY auction) GROUP BY n;
