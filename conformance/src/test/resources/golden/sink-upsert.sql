-- key: 0
CREATE TABLE answer (auction BIGINT PRIMARY KEY NOT ENFORCED, n BIGINT) WITH ('connector' = 'memory');

INSERT INTO answer SELECT auction, COUNT(*) FROM bids WHERE auction IS NOT NULL GROUP BY auction;
