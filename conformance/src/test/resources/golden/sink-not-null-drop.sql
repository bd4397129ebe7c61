SET 'table.exec.sink.not-null-enforcer' = 'DROP';

CREATE TABLE answer (id BIGINT, channel STRING NOT NULL) WITH ('connector' = 'memory');

INSERT INTO answer SELECT id, channel FROM bids;
