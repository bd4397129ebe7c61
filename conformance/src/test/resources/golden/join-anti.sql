SELECT id, auction FROM bids AS b WHERE NOT EXISTS (SELECT 1 FROM offers AS o WHERE o.auction = b.auction AND o.category = 'toys');
