SELECT id, price, ROW_NUMBER() OVER (ORDER BY price) FROM bids;
