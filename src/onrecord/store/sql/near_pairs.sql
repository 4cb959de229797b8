-- The pairs of some of `chosen`, and of each key the $window before and behind them.
WITH own AS (
    SELECT key, min(rowid) AS low, max(rowid) AS high FROM key_pairs
    WHERE nr IN (SELECT nr FROM chosen WHERE nr BETWEEN $first AND $last)
    GROUP BY key
)
SELECT p.key, p.nr FROM key_pairs AS p JOIN own USING (key)
WHERE p.rowid BETWEEN low - $window AND high + $window
ORDER BY p.rowid
