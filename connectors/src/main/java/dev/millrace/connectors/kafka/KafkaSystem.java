package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.TransactionalSystem;
import java.util.Map;
import java.util.Objects;

/** A Kafka cluster, as tables with the same properties and the same prefix write to it. */
final class KafkaSystem implements TransactionalSystem {
  private final KafkaConnection connection;
  private final String transactionalIdPrefix;
  private final TopicSelection topics;

  /** {@code topics} hold, in their first one, the numbers of committed epochs. */
  KafkaSystem(KafkaConnection connection, String transactionalIdPrefix, TopicSelection topics) {
    this.connection = connection;
    this.transactionalIdPrefix = transactionalIdPrefix;
    this.topics = topics;
  }

  @Override
  public String name() {
    return "Kafka at " + connection.bootstrapServers();
  }

  @Override
  public EpochTransactions open(String job, String run) {
    return new KafkaTransactions(connection, transactionalIdPrefix, topics, run);
  }

  private Map<String, String> properties() {
    return connection.properties();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KafkaSystem that
        && properties().equals(that.properties())
        && transactionalIdPrefix.equals(that.transactionalIdPrefix);
  }

  @Override
  public int hashCode() {
    return Objects.hash(properties(), transactionalIdPrefix);
  }
}
