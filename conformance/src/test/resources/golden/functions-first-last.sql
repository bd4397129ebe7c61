SELECT auction, FIRST_VALUE(price), LAST_VALUE(price), FIRST_VALUE(channel), LAST_VALUE(channel) FROM bids GROUP BY auction;
