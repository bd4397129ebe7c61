-- Counts each bidder's bids of every ten seconds by the clock: windows over processing time.
CREATE TABLE answer (
  bidder BIGINT, bids BIGINT, window_start TIMESTAMP(3), window_end TIMESTAMP(3)
) WITH (${sink});

CREATE VIEW arriving AS SELECT bidder, PROCTIME() AS arrival FROM bid;

INSERT INTO answer
SELECT bidder, COUNT(*), window_start, window_end
FROM TUMBLE(TABLE arriving, DESCRIPTOR(arrival), INTERVAL '10' SECOND)
GROUP BY bidder, window_start, window_end;
