SELECT auction, id, channel, place FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY channel NULLS LAST, id) AS place FROM bids
) WHERE place <= 4;
