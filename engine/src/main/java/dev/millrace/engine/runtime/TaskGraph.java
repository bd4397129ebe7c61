package dev.millrace.engine.runtime;

import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.LetterNode;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.dataflow.Parallelism;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.runtime.PipelineTask.InputChannel;
import dev.millrace.engine.runtime.SavedSplits.SavedSplit;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the tasks of a job from its dataflow. Nodes that need no exchange between them are fused
 * into one task per parallel instance; a node whose calls may block gets tasks of its own.
 */
final class TaskGraph {
  /** An edge of the dataflow with its consumer's side. */
  private record Edge(Node from, Node to, int input, Exchange exchange) {}

  private final Dataflow dataflow;
  private final JobServices services;
  private final StopSignal stop = new StopSignal();
  private final Parallelism parallelism;
  private final List<Edge> edges = new ArrayList<>();
  private final Map<Edge, Channel[][]> channels = new HashMap<>();
  private final List<Task> tasks = new ArrayList<>();

  /** From every task to the letter node, if there is one. */
  private final List<InputChannel> letterChannels = new ArrayList<>();

  private final List<OperatorStage> operators = new ArrayList<>();
  private final List<SplitAssigner> sources = new ArrayList<>();
  private final JobSnapshot snapshot;
  private final EpochBoard board;

  /** Null if no epoch ends. */
  private CheckpointCoordinator coordinator;

  /** The letter node's task is made. */
  private boolean lettersTaken;

  private TaskGraph(
      Dataflow dataflow, JobServices services, JobSnapshot snapshot, EpochBoard board) {
    this.dataflow = dataflow;
    this.services = services;
    this.snapshot = snapshot;
    this.board = board;
    this.parallelism = new Parallelism(dataflow, services.config().parallelism());
  }

  /** Finds where a job begins. */
  @FunctionalInterface
  interface Beginning {
    JobStart of(Recovery recovery);
  }

  /**
   * The tasks of a job, after everything outside was brought to where it begins.
   *
   * @param suspend ends the job after the last epoch, when {@link #stop} has asked for it
   */
  static TaskGraph of(
      Dataflow dataflow,
      JobConfig config,
      Metrics metrics,
      Waker waker,
      Beginning beginning,
      Runnable suspend) {
    Transactions transactions = Transactions.open(dataflow, config);
    try {
      JobServices services =
          new JobServices(config, metrics, waker, transactions, StateMemory.of(config), 0);
      JobStart start = beginning.of(new Recovery(dataflow, services));
      return build(dataflow, services.from(start.epoch() + 1), start, suspend);
    } catch (RuntimeException | Error e) {
      transactions.close();
      throw e;
    }
  }

  private static TaskGraph build(
      Dataflow dataflow, JobServices services, JobStart start, Runnable suspend) {
    boolean checkpointing = services.config().checkpointing() != null;
    EpochBoard board =
        new EpochBoard(checkpointing, start.epoch(), start.fresh(), services.waker());
    TaskGraph graph = new TaskGraph(dataflow, services, start.snapshot(), board);
    graph.connect();
    graph.makeTasks();
    if (checkpointing || !services.transactions().isEmpty()) {
      graph.coordinator =
          new CheckpointCoordinator(dataflow, services, board, graph.sources, suspend);
      // First: an epoch begins before what writes its rows.
      graph.tasks.add(0, graph.coordinator);
    }
    return graph;
  }

  List<Task> tasks() {
    return tasks;
  }

  /** The instances of all operators. */
  List<OperatorStage> operators() {
    return operators;
  }

  /** Opens every task and gives the operators what they kept. */
  void open() {
    tasks.forEach(Task::open);
    snapshot.restore(operators);
  }

  void close() {
    Closing.all(
        List.<Runnable>of(
            () -> Closing.all(tasks, Task::close),
            services.transactions()::close,
            services.memory()::close),
        Runnable::run);
  }

  /** Asks the sources to end; with checkpoints, after one more. */
  void stop() {
    if (services.config().checkpointing() != null) {
      coordinator.stop();
    } else {
      stop.request();
    }
  }

  /** Takes a savepoint of the job's next epoch. */
  void savepoint(SavepointRequest request) {
    if (services.config().checkpointing() == null) {
      request.fail("the job has no checkpoints.");
    } else {
      coordinator.savepoint(request);
    }
  }

  private void connect() {
    for (Node node : dataflow.nodes()) {
      for (int i = 0; i < node.inputs().size(); i++) {
        Node.Input input = node.inputs().get(i);
        edges.add(new Edge(dataflow.node(input.node()), node, i, input.exchange()));
      }
    }
    for (Edge edge : edges) {
      if (!fused(edge)) {
        channels.put(edge, newChannels(instances(edge.from()), instances(edge.to())));
      }
    }
  }

  private int instances(Node node) {
    return parallelism.of(node);
  }

  private boolean fused(Edge edge) {
    return edge.exchange() instanceof Exchange.Forward
        && edge.to().inputs().size() == 1
        && instances(edge.from()) == instances(edge.to())
        && !blocking(edge.to());
  }

  private static boolean blocking(Node node) {
    return node instanceof SinkNode sink && sink.sink().blocking();
  }

  private Channel[][] newChannels(int producers, int consumers) {
    Channel[][] made = new Channel[producers][consumers];
    for (int i = 0; i < producers; i++) {
      for (int j = 0; j < consumers; j++) {
        made[i][j] = newChannel();
      }
    }
    return made;
  }

  private Channel newChannel() {
    return new Channel(services.config().channelCapacity(), services.waker());
  }

  private void makeTasks() {
    for (Node node : dataflow.nodes()) {
      if (node instanceof SourceNode source) {
        makeSourceTasks(source);
      } else if (node instanceof LetterNode letters) {
        makeLetterTask(letters);
      } else if (edgesInto(node).stream().noneMatch(this::fused)) {
        makePipelineTasks(node);
      }
    }
  }

  private void makeSourceTasks(SourceNode source) {
    SplitEnumerator enumerator = source.source().enumerator();
    enumerator.open(instances(source));
    SplitAssigner assigner =
        new SplitAssigner(dataflow.position(source), enumerator.assignment(), instances(source));
    restore(source, enumerator, assigner);
    sources.add(assigner);
    tasks.add(
        new DiscoveryTask(source.name() + "/discovery", enumerator, assigner, services, stop));
    for (int i = 0; i < instances(source); i++) {
      DeadLetters letters = letters();
      tasks.add(
          new SourceTask(
              source,
              dataflow.position(source),
              context(source, i, letters),
              assigner,
              stop,
              board.join(),
              withLetters(outputs(source, i, letters), 1, letters)));
    }
  }

  private void restore(SourceNode node, SplitEnumerator enumerator, SplitAssigner assigner) {
    List<Split> known = new ArrayList<>();
    for (SavedSplit saved : snapshot.splits(dataflow.position(node))) {
      Split split = node.source().split(saved.fields());
      known.add(split);
      if (saved.finished()) {
        assigner.addFinished(saved);
      } else {
        assigner.addRemaining(split, saved.watermark());
      }
    }
    enumerator.restore(known);
  }

  private void makePipelineTasks(Node node) {
    for (int i = 0; i < instances(node); i++) {
      List<InputChannel> inputs = new ArrayList<>();
      for (Edge edge : edgesInto(node)) {
        addInputs(edge, i, inputs);
      }
      DeadLetters letters = letters();
      tasks.add(
          new PipelineTask(
              context(node, i, letters),
              blocking(node),
              inputs,
              node.inputs().size(),
              withLetters(stage(node, i, letters), node.inputs().size(), letters),
              board.join()));
    }
  }

  /** Takes the letters of all tasks made so far; those made from here on send none. */
  private void makeLetterTask(LetterNode node) {
    lettersTaken = true;
    tasks.add(
        new PipelineTask(
            context(node, 0, null),
            /* blocking= */ false,
            letterChannels,
            /* inputs= */ 1,
            outputs(node, 0, null),
            board.join()));
  }

  /** Those of one task; null if there is nobody to take them. */
  private DeadLetters letters() {
    boolean taken =
        !lettersTaken && dataflow.nodes().stream().anyMatch(LetterNode.class::isInstance);
    return taken ? new DeadLetters(services.config().name(), services.config().clock()) : null;
  }

  private Stage withLetters(Stage stage, int inputs, DeadLetters letters) {
    if (letters == null) {
      return stage;
    }
    Channel channel = newChannel();
    letterChannels.add(new InputChannel(0, channel));
    return new LetterStage(stage, inputs, letters, channel);
  }

  private void addInputs(Edge edge, int consumer, List<InputChannel> into) {
    Channel[][] all = channels.get(edge);
    for (int producer = 0; producer < all.length; producer++) {
      if (!oneToOne(edge) || producer == consumer) {
        into.add(new InputChannel(edge.input(), all[producer][consumer]));
      }
    }
  }

  private boolean oneToOne(Edge edge) {
    return edge.exchange() instanceof Exchange.Forward
        && instances(edge.from()) == instances(edge.to());
  }

  private Stage stage(Node node, int subtask, DeadLetters letters) {
    if (node instanceof SinkNode sink) {
      return new SinkStage(
          dataflow.position(node),
          sink.sink(),
          dataflow.rowType(sink.input().node()),
          services.transactions().logged(sink.sink()),
          context(node, subtask, letters)
              .withTransactions(services.transactions().of(sink.sink())));
    }
    OperatorNode operator = (OperatorNode) node;
    OperatorStage stage =
        new OperatorStage(
            dataflow.position(node),
            services.memory().operator(operator, dataflow.inputTypes(operator)),
            context(node, subtask, letters),
            dataflow.inputTypes(operator),
            outputs(node, subtask, letters));
    operators.add(stage);
    return stage;
  }

  private Stage outputs(Node node, int subtask, DeadLetters letters) {
    List<Stage> stages = new ArrayList<>();
    for (Edge edge : edges) {
      if (edge.from() == node) {
        stages.add(fused(edge) ? stage(edge.to(), subtask, letters) : exchange(edge, subtask));
      }
    }
    return FanOutStage.of(stages);
  }

  private Stage exchange(Edge edge, int producer) {
    Channel[] targets = channels.get(edge)[producer];
    if (oneToOne(edge)) {
      return new ExchangeStage(new Channel[] {targets[producer]}, Partitioners.only());
    }
    return new ExchangeStage(
        targets,
        Partitioners.of(
            edge.exchange(), dataflow.rowType(edge.from().id()), producer, targets.length));
  }

  private List<Edge> edgesInto(Node node) {
    return edges.stream().filter(edge -> edge.to() == node).toList();
  }

  private InstanceContext context(Node node, int subtask, DeadLetters letters) {
    InstanceContext context = InstanceContext.of(node.name(), subtask, instances(node), services);
    // Rows of the letters themselves have nobody to be reported to.
    return lettersTaken ? context : context.withErrors(errors(node, context, letters));
  }

  private RowErrors errors(Node node, InstanceContext context, DeadLetters letters) {
    return new RowErrors(
        dataflow.errors().mode(node),
        node.name(),
        dataflow.errors().table(node),
        inputRows(node),
        context::failedRows,
        letters);
  }

  /** What letters call the columns of each input: before a table, as the table does. */
  private List<DataType> inputRows(Node node) {
    DataType written = dataflow.errors().written(node);
    return written == null ? dataflow.inputTypes(node) : List.of(written);
  }
}
