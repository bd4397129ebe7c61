SELECT id, price FROM bids ORDER BY price, id LIMIT 5 OFFSET 3;
