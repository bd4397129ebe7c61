package dev.millrace.plan.node;

import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.rex.RexTranslator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows that a translated plan node delivers. Columns that nothing uses are left out, the others
 * keep their order.
 *
 * @param node the dataflow node that they come from
 * @param exchange how they get to a consumer
 * @param row the ROW that the plan has for them, with all columns
 * @param places for each column of {@code row} its place in a batch, or -1 if it is left out
 * @param parallelism of the node, 0 for that of the job
 */
record Flow(int node, Exchange exchange, DataType row, int[] places, int parallelism) {
  static final Exchange FORWARD = new Exchange.Forward();

  /** With all columns. */
  static Flow complete(int node, DataType row, int parallelism) {
    int[] places = new int[row.children().size()];
    Arrays.setAll(places, column -> column);
    return new Flow(node, FORWARD, row, places, parallelism);
  }

  /** The same columns from another node, whose plan calls them as {@code newRow} does. */
  Flow from(int newNode, DataType newRow, int newParallelism) {
    return new Flow(newNode, FORWARD, newRow, places, newParallelism);
  }

  Flow through(Exchange newExchange) {
    return new Flow(node, newExchange, row, places, parallelism);
  }

  Node.Input input() {
    return new Node.Input(node, exchange);
  }

  /** The parallelism of a consumer that works on rows as they come, instance by instance. */
  int consumerParallelism() {
    return exchange instanceof Exchange.Forward ? parallelism : 0;
  }

  /** The ROW of a batch. */
  DataType batchRow() {
    return kept(row, places);
  }

  /** The types of a batch's columns. */
  List<DataType> batchTypes() {
    List<DataType> types = new ArrayList<>();
    for (Field field : batchRow().children()) {
      types.add(field.type());
    }
    return types;
  }

  /** The fields of a ROW that have a place. */
  static DataType kept(DataType row, int[] places) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        fields.add(row.children().get(i));
      }
    }
    return DataType.row(fields);
  }

  RexTranslator expressions() {
    return new RexTranslator(row, places);
  }
}
