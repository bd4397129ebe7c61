package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.StateIdentity;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.flink.FrontEnd;
import dev.millrace.flink.Step;
import dev.millrace.flink.script.Script;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.plan.document.PlanSettings;
import dev.millrace.plan.node.Connectors;
import dev.millrace.plan.node.PlanTranslator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which edits of a query leave the meaning of its state as it was. */
class StateMeaningsTest {
  private static final String TABLES =
      """
      CREATE TABLE orders (id BIGINT, cust STRING, city STRING, amount INT, quantity INT, ts TIMESTAMP(3),
        WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector' = 'datagen');
      CREATE TABLE payments (id BIGINT, paid INT, fee INT, ts TIMESTAMP(3),
        WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector' = 'datagen');
      """;

  private static final String AGGREGATE =
      "SELECT cust, COUNT(*), SUM(amount) FROM orders WHERE quantity > 3 GROUP BY cust";
  private static final String WINDOW =
      "SELECT cust, window_start, MAX(amount) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts),"
          + " INTERVAL '1' MINUTE)) GROUP BY cust, window_start, window_end";
  private static final String JOIN =
      "SELECT o.cust, o.amount, p.paid FROM orders o JOIN payments p ON o.id = p.id";
  private static final String INTERVAL =
      "SELECT o.cust, p.paid FROM orders o JOIN payments p ON o.id = p.id AND o.ts BETWEEN p.ts -"
          + " INTERVAL '1' MINUTE AND p.ts";
  private static final String RANK =
      "SELECT cust, id, amount FROM (SELECT cust, id, amount, ROW_NUMBER() OVER (PARTITION BY cust"
          + " ORDER BY amount DESC) AS r FROM orders) WHERE r <= 3";
  private static final String RANK_OF_COUNTS =
      "SELECT cust, n FROM (SELECT cust, n, ROW_NUMBER() OVER (PARTITION BY city ORDER BY n DESC) AS r"
          + " FROM (SELECT cust, city, COUNT(*) AS n FROM orders GROUP BY cust, city)) WHERE r <= 2";
  private static final String OVER =
      "SELECT cust, SUM(amount) OVER (PARTITION BY cust ORDER BY ts ROWS 3 PRECEDING) FROM orders";

  private static final Map<String, String> QUERIES =
      Map.of(
          "AGGREGATE", AGGREGATE,
          "WINDOW", WINDOW,
          "JOIN", JOIN,
          "INTERVAL", INTERVAL,
          "RANK", RANK,
          "RANK_OF_COUNTS", RANK_OF_COUNTS,
          "OVER", OVER);

  private static final FrontEnd SESSION = session(TABLES);

  private static FrontEnd session(String tables) {
    FrontEnd session = new FrontEnd(Placeholders.ofProcess(), Set.of());
    assertThat(session.run(new Script("tables", tables))).isEmpty();
    return session;
  }

  /** The identities of a query's nodes that keep something, by their names. */
  private static Map<String, StateIdentity> identities(FrontEnd session, String query) {
    PlanDocument plan =
        session.run(new Script("script", query + ";")).stream()
            .filter(Step.Planned.class::isInstance)
            .map(step -> ((Step.Planned) step).plan())
            .findFirst()
            .orElseThrow();
    Connectors connectors =
        Connectors.load(StateMeaningsTest.class.getClassLoader())
            .with(List.of(), List.of(new CollectSink(new BatchQueue())));
    Dataflow dataflow =
        PlanTranslator.translate(plan.plan(), new PlanSettings(plan.configuration()), connectors);
    Map<String, StateIdentity> identities = new TreeMap<>();
    for (Node node : dataflow.nodes()) {
      if (node instanceof Node.OperatorNode) {
        dataflow
            .identity(node.id())
            .ifPresent(identity -> identities.put(node.name().replaceFirst("\\[.*", ""), identity));
      }
    }
    assertThat(identities).isNotEmpty();
    return identities;
  }

  private static String meanings(Map<String, StateIdentity> identities) {
    StringBuilder meanings = new StringBuilder();
    identities.forEach((name, identity) -> meanings.append(name).append(identity.meaning()));
    return meanings.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AGGREGATE      | quantity > 3          | quantity > 4 AND city <> ''",
        "AGGREGATE      | SELECT cust, COUNT(*) | SELECT COUNT(*) AS n, cust AS who",
        "AGGREGATE      | FROM orders           | FROM (SELECT city AS c, cust, quantity, amount FROM orders) o",
        "WINDOW         | window_start, MAX     | window_end, window_start, MAX",
        "JOIN           | SELECT o.cust, o.amount, p.paid | SELECT p.paid, o.cust AS c, o.amount + 1",
        "INTERVAL       | SELECT o.cust, p.paid | SELECT p.paid, UPPER(o.cust)",
        "RANK           | SELECT cust, id, amount FROM (SELECT cust | SELECT UPPER(cust), id, amount FROM (SELECT cust",
        "RANK_OF_COUNTS | FROM orders GROUP     | FROM orders WHERE amount > 1 GROUP",
      })
  void stays(String query, String part, String edited) {
    String before = QUERIES.get(query);
    String after = before.replace(part, edited);
    assertThat(after).isNotEqualTo(before);
    assertThat(meanings(identities(SESSION, after)))
        .isEqualTo(meanings(identities(SESSION, before)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AGGREGATE      | SUM(amount)     | SUM(quantity)",
        "AGGREGATE      | SUM(amount)     | SUM(amount) FILTER (WHERE city <> '')",
        "AGGREGATE      | SUM(amount)     | SUM(DISTINCT amount)",
        "AGGREGATE      | SELECT cust, COUNT(*), SUM(amount) FROM orders WHERE quantity > 3 GROUP BY cust | SELECT city, COUNT(*), SUM(amount) FROM orders WHERE quantity > 3 GROUP BY city",
        "WINDOW         | '1' MINUTE      | '2' MINUTE",
        "WINDOW         | MAX(amount)     | MIN(amount)",
        "JOIN           | o.amount        | o.quantity",
        "JOIN           | JOIN payments   | LEFT JOIN payments",
        "JOIN           | ON o.id = p.id  | ON o.id = p.id AND o.amount > p.paid",
        "INTERVAL       | '1' MINUTE      | '2' MINUTE",
        "RANK           | r <= 3          | r <= 4",
        "RANK           | PARTITION BY cust | PARTITION BY city",
        "RANK           | ORDER BY amount | ORDER BY quantity",
        "RANK_OF_COUNTS | COUNT(*)        | COUNT(DISTINCT id)",
        "OVER           | ROWS 3          | ROWS 4",
      })
  void becomesAnother(String query, String part, String edited) {
    String before = QUERIES.get(query);
    String after = before.replace(part, edited);
    assertThat(after).isNotEqualTo(before);
    assertThat(meanings(identities(SESSION, after)))
        .isNotEqualTo(meanings(identities(SESSION, before)));
  }

  @Test
  void anotherColumnOfATableDoesNotMatter() {
    String wider =
        TABLES
            .replace("city STRING", "country STRING, city STRING")
            .replace("paid INT", "currency STRING, paid INT");
    FrontEnd session = session(wider);
    for (String query : QUERIES.values()) {
      assertThat(meanings(identities(session, query)))
          .isEqualTo(meanings(identities(SESSION, query)));
    }
  }

  @Test
  void conditionsAreToldApart() {
    String other = AGGREGATE.replace("quantity > 3", "quantity > 4");
    StateIdentity one = identities(SESSION, AGGREGATE).get("GroupAggregate");
    StateIdentity two = identities(SESSION, other).get("GroupAggregate");
    assertThat(two.meaning()).isEqualTo(one.meaning());
    assertThat(two.choice()).isNotEqualTo(one.choice());
  }
}
