SELECT k, SUM(v) FROM (VALUES ('a', 1), ('b', 2), ('a', CAST(NULL AS INT))) AS t (k, v) GROUP BY k;
