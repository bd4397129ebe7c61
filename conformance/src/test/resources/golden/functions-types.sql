SELECT seller,
  SUM(CAST(auction AS TINYINT)), SUM(CAST(auction AS SMALLINT)), SUM(CAST(auction AS INT)), SUM(fee), AVG(fee), MIN(fee), MAX(fee),
  SUM(CAST(auction AS FLOAT)), AVG(CAST(auction AS DOUBLE)), MIN(CAST(ts AS DATE)), MAX(CAST(ts AS TIME)), MAX(item),
  MIN(auction > 3)
FROM offers GROUP BY seller;
