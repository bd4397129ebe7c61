-- key: 0
CREATE TABLE answer (auction BIGINT PRIMARY KEY NOT ENFORCED, note STRING, n BIGINT) WITH ('connector' = 'memory');

INSERT INTO answer (auction, n) SELECT auction, COUNT(*) FROM bids GROUP BY auction;
