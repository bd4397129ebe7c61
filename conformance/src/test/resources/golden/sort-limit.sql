SELECT id, price FROM bids ORDER BY price DESC, id LIMIT 5;
