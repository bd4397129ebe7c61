package dev.millrace.connectors.jdbc;

class PostgreSqlExactlyOnceTest extends JdbcExactlyOnceContract {
  @Override
  TestDatabase database() {
    return TestPostgres.shared();
  }
}
