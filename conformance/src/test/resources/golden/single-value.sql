SELECT id, price, price - (SELECT price FROM bids WHERE id = 7) FROM bids WHERE id < 12;
