SET 'table.exec.sink.type-length-enforcer' = 'TRIM_PAD';

CREATE TABLE answer (id BIGINT, channel VARCHAR(4)) WITH ('connector' = 'memory');

INSERT INTO answer SELECT id, channel FROM bids;
