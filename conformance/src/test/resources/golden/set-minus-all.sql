SELECT auction FROM bids EXCEPT ALL SELECT auction FROM offers;
