-- Finds who opens an auction in the same ten seconds in which they joined: a join of two windows.
CREATE TABLE answer (
  id BIGINT, name STRING, joined TIMESTAMP(3)
) WITH (${sink});

INSERT INTO answer
WITH newcomer AS (
  SELECT id, name, window_start, window_end
  FROM TUMBLE(TABLE person, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND)
  GROUP BY id, name, window_start, window_end
), seller AS (
  SELECT seller AS id, window_start, window_end
  FROM TUMBLE(TABLE auction, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND)
  GROUP BY seller, window_start, window_end
)
SELECT newcomer.id, newcomer.name, newcomer.window_start
FROM newcomer
JOIN seller
  ON newcomer.id = seller.id
  AND newcomer.window_start = seller.window_start
  AND newcomer.window_end = seller.window_end;
