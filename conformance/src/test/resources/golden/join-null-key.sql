SELECT b.id, o.item FROM bids AS b JOIN offers AS o ON b.channel = o.category OR b.channel IS NOT DISTINCT FROM o.category
WHERE b.id < 20;
