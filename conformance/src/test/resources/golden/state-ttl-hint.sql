SELECT /*+ STATE_TTL('b' = '1 d', 'o' = '2 d') */ b.id, o.item FROM bids AS b JOIN offers AS o ON b.auction = o.auction WHERE b.id < 40;
