package dev.millrace.engine.dataflow;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.type.DataType;
import java.util.List;
import java.util.function.Supplier;

/** A node of a dataflow. Ids are unique within it; names say what the node does, for people. */
public sealed interface Node {
  int id();

  /** A short name for messages and metrics, for example {@code Calc[3]}. */
  String name();

  /** One line that says all about it, for {@code explain}. */
  String description();

  List<Input> inputs();

  /** The parallelism that the node insists on, or 0 for that of the job. */
  int parallelism();

  /** An edge from another node into this one. */
  record Input(int node, Exchange exchange) {}

  /** Reads a table; {@code watermarks} is null when the source assigns none. */
  record SourceNode(
      int id,
      String name,
      String description,
      Source source,
      DataType rowType,
      WatermarkStrategy watermarks)
      implements Node {
    @Override
    public List<Input> inputs() {
      return List.of();
    }

    @Override
    public int parallelism() {
      return source.parallelism();
    }
  }

  /** Runs an operator; {@code operator} makes a new one for each parallel instance. */
  record OperatorNode(
      int id,
      String name,
      String description,
      List<Input> inputs,
      DataType rowType,
      int parallelism,
      Supplier<Operator> operator)
      implements Node {}

  /** Where the letters about rows that cannot be processed come from: all nodes before it. */
  record LetterNode(int id, String name, String description) implements Node {
    @Override
    public List<Input> inputs() {
      return List.of();
    }

    @Override
    public int parallelism() {
      return 1;
    }
  }

  /** Writes a table. */
  record SinkNode(int id, String name, String description, Input input, Sink sink) implements Node {
    @Override
    public List<Input> inputs() {
      return List.of(input);
    }

    @Override
    public int parallelism() {
      return sink.parallelism();
    }
  }
}
