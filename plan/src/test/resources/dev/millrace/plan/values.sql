CREATE TABLE sink (name STRING, amount DECIMAL(11, 1)) WITH ('connector' = 'print');
INSERT INTO sink VALUES ('x', 1.5), ('yz', 2)
