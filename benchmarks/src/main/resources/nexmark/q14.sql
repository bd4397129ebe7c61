-- Converts prices, keeps the middling ones, names the time of day and counts a letter: computations row by row.
CREATE TABLE answer (
  auction BIGINT, bidder BIGINT, price DECIMAL(23, 3), time_of_day STRING, `dateTime` TIMESTAMP(3), extra STRING,
  letters INT
) WITH (${sink});

INSERT INTO answer
SELECT
  auction, bidder, 0.908 * price,
  CASE
    WHEN HOUR(`dateTime`) BETWEEN 8 AND 18 THEN 'day'
    WHEN HOUR(`dateTime`) <= 6 OR HOUR(`dateTime`) >= 20 THEN 'night'
    ELSE 'between'
  END,
  `dateTime`, extra,
  CHAR_LENGTH(extra) - CHAR_LENGTH(REPLACE(extra, 'c', ''))
FROM bid
WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000;
