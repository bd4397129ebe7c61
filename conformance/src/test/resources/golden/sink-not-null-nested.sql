SET 'table.exec.sink.not-null-enforcer' = 'DROP';
SET 'table.exec.sink.nested-constraint-enforcer' = 'ROWS';

CREATE TABLE answer (id BIGINT, detail ROW<channel STRING NOT NULL, price BIGINT>) WITH ('connector' = 'memory');

INSERT INTO answer SELECT id, ROW(channel, price) FROM bids;
