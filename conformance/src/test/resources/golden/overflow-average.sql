-- A column that may be null, as a total that is lost is.
CREATE VIEW wide_bids AS
SELECT auction, id, bidder, CASE WHEN id >= 0 THEN CAST('9999999999999999999999999999999999' AS DECIMAL(38, 4)) END AS most
FROM bids;

SELECT auction, AVG(most), SUM(most), SUM(most) FILTER (WHERE id < 20), SUM(most * SIGN(id - 50)),
  AVG(9223372036854775807 - id), AVG(CAST(bidder AS TINYINT)), SUM(DISTINCT 9223372036854775807 - auction)
FROM wide_bids GROUP BY auction;
