package dev.millrace.benchmarks.torture;

import dev.millrace.api.Millrace;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills a job, its broker and its database at random moments and counts its results. */
@Command(
    name = "torture",
    description = {
      "Runs a job from Kafka to Kafka (a windowed aggregate) and PostgreSQL (a join), exactly once, and",
      "kills its process (as kill -9 does) at random moments, now and then the broker and the database,",
      "too. Some records cannot be read, some rows the database refuses: they become dead letters, in",
      "Kafka. In the end a reader of what is committed compares what is there with what must be."
    },
    footer = {"", "Example:", "  millrace bench torture --kills 50"})
public final class TortureCommand implements Callable<Integer> {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int PATIENCE_SECONDS = 120;

  @Spec private CommandSpec spec;

  @Option(
      names = "--kills",
      defaultValue = "50",
      paramLabel = "N",
      description = "How often the job is killed (default: 50).")
  private int kills;

  @Option(
      names = "--broker-kills",
      defaultValue = "5",
      paramLabel = "N",
      description = "How often the broker is (default: 5).")
  private int brokerKills;

  @Option(
      names = "--database-kills",
      defaultValue = "5",
      paramLabel = "N",
      description = "How often the database is (default: 5).")
  private int databaseKills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides when (default: another each time).")
  private Long seed;

  private final AtomicLong sent = new AtomicLong();
  private volatile boolean enough;
  private volatile RuntimeException producerFailure;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    long chosen = seed == null ? System.nanoTime() : seed;
    Path work = Files.createTempDirectory("millrace-torture");
    out.printf("seed %d, logs in %s%n", chosen, work);
    out.flush();
    int port = freePort();
    String address = "localhost:" + port;
    TortureTopics topics = new TortureTopics(address);
    TortureDatabase database =
        new TortureDatabase(work.resolve("database"), freePort(), work.resolve("database.log"));
    Path script = work.resolve("job.sql");
    Files.writeString(script, script(address, database, work));
    // Planned once: a job that is killed within seconds should spend them on its work.
    Path plan = work.resolve("job.json");
    Millrace.file(script).compile(plan);
    try (database;
        KilledProcess broker =
            new KilledProcess(
                TortureBroker.class,
                List.of(work.resolve("broker").toString(), Integer.toString(port)),
                work.resolve("broker.log"));
        KilledProcess job =
            new KilledProcess(
                TortureJob.class, List.of(plan.toString()), work.resolve("job.log"))) {
      broker.start();
      database.start();
      database.create();
      topics.create();
      Thread producing = new Thread(() -> produce(topics), "orders");
      producing.setDaemon(true);
      producing.start();
      kill(job, broker, database, new Random(chosen), out);
      enough = true;
      producing.join();
      if (producerFailure != null) {
        throw producerFailure;
      }
      return report(topics, database, job, out);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Sends orders and payments until it is enough, then what closes the last windows. */
  private void produce(TortureTopics topics) {
    try (KafkaProducer<byte[], byte[]> producer = topics.producer()) {
      while (!enough) {
        long number = sent.getAndIncrement();
        send(producer, TortureTopics.record(TortureTopics.ORDERS, number, Orders.order(number)));
        send(
            producer, TortureTopics.record(TortureTopics.PAYMENTS, number, Orders.payment(number)));
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      for (int partition = 0; partition < TortureTopics.partitions(); partition++) {
        send(
            producer, TortureTopics.last(TortureTopics.ORDERS, partition, Orders.last(sent.get())));
      }
      producer.flush();
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, e) -> {
              if (e != null) {
                producerFailure = new IllegalStateException("an order could not be sent", e);
              }
            });
  }

  private void kill(
      KilledProcess job,
      KilledProcess broker,
      TortureDatabase database,
      Random random,
      PrintWriter out)
      throws IOException, InterruptedException {
    job.start();
    int brokerKilled = 0;
    int databaseKilled = 0;
    for (int killed = 0; killed < kills; ) {
      TimeUnit.MILLISECONDS.sleep(1000 + random.nextInt(9000));
      if (brokerKilled < brokerKills && random.nextInt(kills) < brokerKills) {
        broker.kill();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(3000));
        broker.start();
        brokerKilled++;
      }
      if (databaseKilled < databaseKills && random.nextInt(kills) < databaseKills) {
        database.kill();
        database.start();
        databaseKilled++;
        // Time to see that it was away, before the job's process is killed.
        TimeUnit.MILLISECONDS.sleep(random.nextInt(3000));
      }
      killed += job.kill() ? 1 : 0;
      job.start();
      if (killed % 10 == 0) {
        printKills(killed, brokerKilled, databaseKilled, out);
      }
    }
    while (brokerKilled < brokerKills) {
      TimeUnit.SECONDS.sleep(5);
      broker.kill();
      broker.start();
      brokerKilled++;
    }
    for (; databaseKilled < databaseKills; databaseKilled++) {
      TimeUnit.SECONDS.sleep(5);
      database.kill();
      database.start();
    }
    printKills(kills, brokerKilled, databaseKilled, out);
  }

  private void printKills(int job, int broker, int database, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "killed: job %d times, broker %d times, database %d times; %,d orders sent%n",
        job,
        broker,
        database,
        sent.get());
    out.flush();
  }

  private int report(
      TortureTopics topics, TortureDatabase database, KilledProcess job, PrintWriter out)
      throws IOException, SQLException, InterruptedException {
    Map<String, Comparison> results = compare(topics, database);
    for (int second = 0; second < PATIENCE_SECONDS && isMissing(results); second++) {
      job.startIfEnded();
      TimeUnit.SECONDS.sleep(1);
      results = compare(topics, database);
    }
    out.printf(Locale.ROOT, "rows in: %,d orders, as many payments%n", sent.get());
    results.forEach((name, result) -> out.println(name + ": " + result));
    out.flush();
    return results.values().stream().allMatch(Comparison::right) ? 0 : 1;
  }

  private static boolean isMissing(Map<String, Comparison> results) {
    return results.values().stream().anyMatch(result -> result.lost() > 0);
  }

  private Map<String, Comparison> compare(TortureTopics topics, TortureDatabase database)
      throws SQLException, InterruptedException {
    long orders = sent.get();
    Map<String, Comparison> results = new LinkedHashMap<>();
    results.put(
        "windowed aggregate, in Kafka", Comparison.of(Orders.windows(orders), topics.windows()));
    results.put("join, in PostgreSQL", Comparison.of(Orders.paid(orders), database.paid()));
    results.put("dead letters, in Kafka", Comparison.of(Orders.letters(orders), topics.letters()));
    return results;
  }

  private static String script(String address, TortureDatabase database, Path work) {
    String kafka =
        "'connector' = 'kafka', 'format' = 'json', 'properties.bootstrap.servers' = '%s', 'topic' = "
            .formatted(address);
    String source = kafka + "'%s', 'scan.startup.mode' = 'earliest-offset'";
    String sink =
        kafka
            + "'%s', 'sink.delivery-guarantee' = 'exactly-once',"
            + " 'sink.transactional-id-prefix' = 'torture'";
    String jdbc =
        "'connector' = 'jdbc', 'url' = '%s', 'username' = '%s', 'password' = '', 'table-name' = '%s',"
            + " 'sink.delivery-guarantee' = 'exactly-once'";
    return """
        SET 'pipeline.name' = 'torture';
        SET 'execution.checkpointing.interval' = '500 ms';
        SET 'execution.checkpointing.dir' = '%s';
        SET 'restart-strategy.type' = 'fixed-delay';
        SET 'restart-strategy.fixed-delay.attempts' = '1000';
        SET 'parallelism.default' = '2';
        SET 'table.local-time-zone' = 'UTC';
        CREATE TABLE orders (
          id BIGINT, customer BIGINT, amount BIGINT, `at` BIGINT,
          ts AS TO_TIMESTAMP_LTZ(`at`, 3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
        ) WITH (%s);
        CREATE TABLE payments (id BIGINT, fee BIGINT, `at` BIGINT) WITH (%s);
        CREATE TABLE windows (`start` BIGINT, customer BIGINT, orders BIGINT, amount BIGINT) WITH (%s);
        CREATE TABLE paid (id BIGINT, rest BIGINT) WITH (%s);
        CREATE TABLE letters (
          `time` TIMESTAMP_LTZ(3), job STRING, stage STRING, `table` STRING, split STRING, `position` BIGINT,
          class STRING, message STRING, raw_bytes BYTES
        ) WITH (%s);
        SET 'millrace.errors.table' = 'letters';
        EXECUTE STATEMENT SET BEGIN
        INSERT INTO windows
        SELECT UNIX_TIMESTAMP(DATE_FORMAT(window_start, 'yyyy-MM-dd HH:mm:ss')) * 1000, customer, COUNT(*), SUM(amount)
        FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND))
        GROUP BY window_start, window_end, customer;
        INSERT INTO paid
        SELECT orders.id, orders.amount - payments.fee
        FROM orders JOIN payments ON orders.id = payments.id;
        END;
        """
        .formatted(
            work.resolve("checkpoints").toUri(),
            source.formatted(TortureTopics.ORDERS),
            source.formatted(TortureTopics.PAYMENTS),
            sink.formatted(TortureTopics.WINDOWS),
            jdbc.formatted(database.url(), database.username(), TortureDatabase.PAID),
            sink.formatted(TortureTopics.LETTERS));
  }
}
