SELECT ts, price, auction FROM bids ORDER BY ts, price DESC;
