SELECT b.id, m.fee FROM bids AS b CROSS JOIN (SELECT MAX(fee) AS fee FROM offers) AS m WHERE b.id < 10;
