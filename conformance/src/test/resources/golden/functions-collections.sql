SELECT auction, LISTAGG(channel), LISTAGG(channel, '/'), COLLECT(bidder), ARRAY_AGG(id) FROM bids GROUP BY auction;
