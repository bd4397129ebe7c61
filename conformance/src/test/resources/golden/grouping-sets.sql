SELECT auction, channel, GROUPING(auction), GROUPING_ID(auction, channel), COUNT(*), SUM(price)
FROM bids GROUP BY GROUPING SETS ((auction, channel), (auction), ());
