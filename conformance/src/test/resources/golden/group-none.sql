SELECT COUNT(*), SUM(price), AVG(bidder) FROM bids;
