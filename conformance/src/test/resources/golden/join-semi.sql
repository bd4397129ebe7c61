SELECT id, auction FROM bids WHERE auction IN (SELECT auction FROM offers WHERE category = 'toys');
