-- Counts each bidder's bids until ten seconds pass without one: session windows.
CREATE TABLE answer (
  bidder BIGINT, bids BIGINT, session_start TIMESTAMP(3), session_end TIMESTAMP(3)
) WITH (${sink});

INSERT INTO answer
SELECT bidder, COUNT(*), window_start, window_end
FROM SESSION(TABLE bid PARTITION BY bidder, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND)
GROUP BY bidder, window_start, window_end;
