SELECT b.id, b.price, o.auction, o.item, o.fee FROM bids AS b
JOIN offers AS o ON b.auction = o.auction AND b.price > o.seller * 20 AND b.bidder <> 103;
