package dev.millrace.connectors.jdbc;

class MariaDbExactlyOnceTest extends JdbcExactlyOnceContract {
  @Override
  TestDatabase database() {
    return TestMariaDb.shared();
  }
}
