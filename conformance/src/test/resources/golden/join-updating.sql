SELECT b.auction, b.n, o.items, o.fee FROM
  (SELECT auction, COUNT(*) AS n FROM bids GROUP BY auction) AS b
FULL JOIN (SELECT auction, COUNT(*) AS items, SUM(fee) AS fee FROM offers GROUP BY auction) AS o ON b.auction = o.auction AND b.n > o.items;
