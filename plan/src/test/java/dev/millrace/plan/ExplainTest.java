package dev.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.connector.ValuesSource;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.operator.Union;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final DataType ROW =
      DataType.row(List.of(new Field("a", DataType.string()), new Field("b", DataType.string())));

  private record Nowhere(int parallelism) implements Sink {
    @Override
    public SinkWriter writer(SinkContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean blocking() {
      return false;
    }
  }

  private static OperatorNode operator(int id, String description, int parallelism, Input... from) {
    return new OperatorNode(
        id, "Step[" + id + "]", description, List.of(from), ROW, parallelism, Union::new);
  }

  @Test
  void drawsOneTreePerSinkAndSharedNodesOnce() {
    Exchange forward = new Exchange.Forward();
    Dataflow dataflow =
        new Dataflow(
            List.of(
                new SourceNode(
                    1, "Source t[1]", "Scan(t)", new ValuesSource(ROW, List.of()), ROW, null),
                operator(2, "Calc(x)", 0, new Input(1, new Exchange.Hash(List.of(1, 0)))),
                operator(3, "Calc(y)", 5, new Input(1, new Exchange.Broadcast())),
                operator(4, "Union", 0, new Input(2, forward), new Input(3, new Exchange.Single())),
                new SinkNode(5, "Sink[5]", "Sink(p)", new Input(4, forward), new Nowhere(0)),
                new SinkNode(6, "Sink[6]", "Sink(q)", new Input(3, forward), new Nowhere(7))));
    assertThat(Explain.text(dataflow, 2))
        .isEqualTo(
            """
            Sink(p)  [parallelism 2, native]
            +- Union  [forward, parallelism 2, native]
               :- Calc(x)  [forward, parallelism 2, native]
               :  +- Source t[1]: Scan(t)  [hash[b, a], parallelism 1, native]
               +- Step[3]: Calc(y)  [single, parallelism 5, native]
                  +- Reused Source t[1]  [broadcast]
            Sink(q)  [parallelism 7, native]
            +- Reused Step[3]  [forward]
            """);
  }
}
