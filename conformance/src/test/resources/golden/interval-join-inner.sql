SELECT b.id, o.item, o.fee FROM bids AS b
JOIN offers AS o ON b.auction = o.auction AND b.ts BETWEEN o.ts - INTERVAL '3' SECOND AND o.ts + INTERVAL '15' SECOND;
