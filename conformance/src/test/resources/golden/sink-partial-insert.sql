CREATE TABLE answer (auction BIGINT, note STRING, n BIGINT) WITH ('connector' = 'memory');

INSERT INTO answer (auction, n) SELECT auction, COUNT(*) FROM bids GROUP BY auction;
