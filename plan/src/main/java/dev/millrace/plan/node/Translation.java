package dev.millrace.plan.node;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.document.CompiledPlan;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.document.PlanSettings;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What grows while a plan is translated: the dataflow's nodes and the list of what cannot run. */
final class Translation {
  private final CompiledPlan plan;

  /** Null unless letters are replayed. */
  private final Replay replay;

  private final PlanSettings settings;
  private final Connectors connectors;
  private final Map<Integer, ColumnUses> uses;
  private final Subjects subjects;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Integer, TableSpec> tables = new HashMap<>();
  private final Map<Integer, DataType> written = new HashMap<>();
  private final Set<String> unsupported = new LinkedHashSet<>();
  private int lastId;

  Translation(
      CompiledPlan plan,
      PlanSettings settings,
      Connectors connectors,
      Map<Integer, ColumnUses> uses,
      Replay replay) {
    this.plan = plan;
    this.replay = replay;
    this.settings = settings;
    this.connectors = connectors;
    this.uses = uses;
    this.subjects = new Subjects(plan);
    for (PlanNode node : plan.nodes()) {
      lastId = Math.max(lastId, node.id());
    }
  }

  /** The source of a table, or what takes its place. */
  Source source(SourceFactory factory, SourceTable table) {
    return replay == null ? factory.source(table) : replay.source(table, plan, this);
  }

  /** The sink of a table, apart from that of another job that writes to it. */
  Sink sink(SinkFactory factory, SinkTable table) {
    return factory.sink(replay == null ? table : table.withOptions(Replay.apart(table.options())));
  }

  PlanSettings settings() {
    return settings;
  }

  Connectors connectors() {
    return connectors;
  }

  /** How messages call tables and nodes, and where those stand in the SQL. */
  Subjects subjects() {
    return subjects;
  }

  /** Which columns of a node's rows are used. */
  ColumnUses uses(PlanNode node) {
    return uses.get(node.id());
  }

  /** An id for a node that the plan does not have. */
  int newId() {
    return ++lastId;
  }

  /** Notes the table that a node of the dataflow reads. */
  void reads(int node, TableSpec table) {
    tables.put(node, table);
  }

  /** Notes the table that a node of the dataflow writes, and the ROW of what arrives there. */
  void writes(int node, TableSpec table, SinkTable wanted) {
    tables.put(node, table);
    List<Field> fields = new ArrayList<>(wanted.schema().children());
    fields.addAll(wanted.metadata());
    written.put(node, DataType.row(fields));
  }

  /** The ROW of the table that a node writes, or null. */
  DataType written(int node) {
    return written.get(node);
  }

  /** The tables by the ids of the nodes that read or write them. */
  Map<Integer, TableSpec> tables() {
    return tables;
  }

  void add(Node node) {
    nodes.add(node);
  }

  /**
   * Adds an operator that works on rows as they come, with the parallelism of its inputs if they
   * agree. The first operator that {@code operator} makes shows what of it is unsupported.
   */
  Flow addOperator(
      PlanNode node, List<Flow> inputs, DataType row, int[] places, Supplier<Operator> operator) {
    attempt(subjects.of(node), operator);
    int parallelism = inputs.get(0).consumerParallelism();
    List<Node.Input> edges = new ArrayList<>();
    for (Flow input : inputs) {
      edges.add(input.input());
      parallelism = input.consumerParallelism() == parallelism ? parallelism : 0;
    }
    add(
        new OperatorNode(
            node.id(),
            Names.of(node),
            node.description(),
            edges,
            Flow.kept(row, places),
            parallelism,
            operator));
    return new Flow(node.id(), Flow.FORWARD, row, places, parallelism);
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Notes why something cannot be run. */
  void unsupported(List<String> reasons, Subject subject) {
    for (String reason : reasons) {
      unsupported.add(subject.blamedFor(reason));
    }
  }

  /**
   * What a part of a translation makes; null if it is unsupported, which is noted, so that the
   * other parts go on. A user's error is thrown on, with its place.
   */
  <T> T attempt(Subject subject, Supplier<T> part) {
    try {
      return part.get();
    } catch (UnsupportedException e) {
      unsupported(e.reasons(), subject);
      return null;
    } catch (MillraceException e) {
      throw subject.blamedFor(e);
    }
  }

  List<String> unsupported() {
    return List.copyOf(unsupported);
  }
}
