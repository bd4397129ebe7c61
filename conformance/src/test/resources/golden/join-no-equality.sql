SELECT b.id, o.item FROM bids AS b JOIN offers AS o ON b.price < o.fee * 10 WHERE b.id < 60;
