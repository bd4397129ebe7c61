package dev.millrace.conformance.kernel;

/** What the planner turns into SEARCH: IN, BETWEEN and chains of comparisons with constants. */
class SearchKernelsTest extends KernelTests {
  @Override
  void expressions() {
    Column i = column("i", INT);
    Column s = column("s", STRING);
    check("i IN (1, 2, 3)", i);
    check("i NOT IN (1, 2, -3)", i);
    check("i IN (1, 2, 3) OR i IS NULL", i);
    check("i NOT IN (1, 2, 3) OR i IS NULL", i);
    check("i IN (1, 2, 3) AND i IS NOT NULL", i);
    check("i NOT IN (1, 2, 3) AND i IS NOT NULL", i);
    check("i BETWEEN -1 AND 2", i);
    check("i NOT BETWEEN -1 AND 2", i);
    check("i > 1 AND i < 3 OR i = 700 OR i <= -5", i);
    check("i > 1 OR i IS NULL", i);
    check("(i > 1 AND i < 100) OR i < -1 OR i IS NULL", i);
    check("NOT (i IN (1, 2) OR i IS NULL)", i);
    check("s IN ('a', 'abc', '')", s);
    check("s NOT IN ('a', 'abc', '')", s);
    check("s >= 'a' AND s < 'b' AND s <> 'abc'", s);
    check("s IN ('a', 'hello world', 'x') OR s IS NULL", s);
    check("c IN ('a', 'abc')", column("c", character(3)));
    check("c IN ('a', 'abcdef')", column("c", varchar(3)));
    check("d IN (0.0, 1.0, 2.5)", column("d", DOUBLE));
    check("d NOT IN (0, 1)", column("d", DOUBLE));
    check("d BETWEEN 0 AND 1", column("d", DOUBLE));
    check("d IN (CAST(0 AS DOUBLE), CAST(1 AS DOUBLE))", column("d", DOUBLE));
    check("d IN (0.00, 1.5, 0.011)", column("d", decimal(10, 2)));
    check("d BETWEEN -1.555 AND 1000", column("d", decimal(10, 2)));
    check("d IN (0.00, 1.5, 0.01)", column("d", decimal(38, 2)));
    check("f IN (0, 1)", column("f", FLOAT));
    check("t IN (1, 2)", column("t", TINYINT));
    check("t > 1 AND t < 100", column("t", SMALLINT));
    check("l IN (1, 2, 9999999999)", column("l", BIGINT));
    check("x IN (DATE '2024-02-29', DATE '1970-01-01')", column("x", DATE));
    check("x BETWEEN DATE '2000-01-01' AND DATE '2024-12-31'", column("x", DATE));
    check(
        "x > TIMESTAMP '2000-01-01 00:00:00' AND x <> TIMESTAMP '2024-02-29 12:34:56.789'",
        column("x", timestamp(3)));
    check("x IN (TIME '00:00:00', TIME '12:00:00')", column("x", TIME));
    checkWhere("i", "i IN (1, 2, 3) OR i IS NULL", i);
    checkWhere("i", "i NOT IN (1, 2)", i);
  }
}
