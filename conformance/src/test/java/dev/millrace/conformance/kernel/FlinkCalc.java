package dev.millrace.conformance.kernel;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexNode;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.RichFunction;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.catalog.Column.PhysicalColumn;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.planner.codegen.LookupJoinCodeGenerator;
import org.apache.flink.table.planner.delegation.PlannerBase;
import org.apache.flink.table.planner.plan.ExecNodeGraphInternalPlan;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNode;
import org.apache.flink.table.planner.plan.nodes.exec.common.CommonExecCalc;
import org.apache.flink.table.planner.utils.JavaScalaConversionUtil;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

/**
 * The oracle: {@code SELECT expression FROM t [WHERE condition]} as Flink itself evaluates it, row
 * by row, without a job.
 *
 * <p>The statement goes through Flink's parser, optimizer and compiled plan; the function is what
 * Flink's code generator makes of the plan's Calc, as its lookup join does it.
 */
final class FlinkCalc {
  private static final Map<ZoneId, TableEnvironmentImpl> ENVIRONMENTS = new ConcurrentHashMap<>();
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final FlatMapFunction<RowData, RowData> function;
  private final LogicalType resultType;
  private final String planJson;

  private FlinkCalc(
      FlatMapFunction<RowData, RowData> function, LogicalType resultType, String planJson) {
    this.function = function;
    this.resultType = resultType;
    this.planJson = planJson;
  }

  /** {@code condition} is null for all rows; the session is in {@code zone}. */
  static FlinkCalc compile(ZoneId zone, String expression, String condition, List<Column> columns)
      throws Exception {
    TableEnvironmentImpl environment = ENVIRONMENTS.computeIfAbsent(zone, FlinkCalc::environment);
    int name = NAMES.incrementAndGet();
    String source = "source_" + name;
    String sink = "sink_" + name;
    createTable(environment, source, declarations(columns), "datagen");
    String query =
        "SELECT %s AS r FROM %s%s"
            .formatted(expression, source, condition == null ? "" : " WHERE " + condition);
    createTable(environment, sink, declarations(environment.sqlQuery(query)), "blackhole");
    try {
      return compile(environment, "INSERT INTO " + sink + " " + query);
    } finally {
      environment.dropTemporaryTable(source);
      environment.dropTemporaryTable(sink);
    }
  }

  private static TableEnvironmentImpl environment(ZoneId zone) {
    TableEnvironment environment =
        TableEnvironment.create(EnvironmentSettings.newInstance().inStreamingMode().build());
    environment.getConfig().setLocalTimeZone(zone);
    environment
        .getConfig()
        .set(
            TableConfigOptions.PLAN_COMPILE_CATALOG_OBJECTS,
            TableConfigOptions.CatalogPlanCompilation.ALL);
    return (TableEnvironmentImpl) environment;
  }

  private static void createTable(
      TableEnvironment environment, String name, String declarations, String connector) {
    environment.executeSql(
        "CREATE TEMPORARY TABLE %s (%s) WITH ('connector' = '%s')"
            .formatted(name, declarations, connector));
  }

  private static String declarations(List<Column> columns) {
    return columns.stream()
        .map(column -> "`" + column.name() + "` " + column.type())
        .collect(Collectors.joining(", "));
  }

  private static String declarations(Table query) {
    return query.getResolvedSchema().getColumns().stream()
        .map(PhysicalColumn.class::cast)
        .map(column -> "`" + column.getName() + "` " + nullable(column))
        .collect(Collectors.joining(", "));
  }

  private static String nullable(PhysicalColumn column) {
    return column.getDataType().getLogicalType().copy(true).asSerializableString();
  }

  private static FlinkCalc compile(TableEnvironmentImpl environment, String insert)
      throws Exception {
    PlannerBase planner = (PlannerBase) environment.getPlanner();
    ModifyOperation operation = (ModifyOperation) environment.getParser().parse(insert).get(0);
    ExecNodeGraphInternalPlan plan =
        (ExecNodeGraphInternalPlan) planner.compilePlan(List.of(operation));
    ExecNode<?> sink = plan.getExecNodeGraph().getRootNodes().get(0);
    if (!(source(sink) instanceof CommonExecCalc calc)) {
      throw new IllegalArgumentException("the plan of this expression has no Calc: " + insert);
    }
    return new FlinkCalc(
        function(planner, calc),
        ((RowType) calc.getOutputType()).getTypeAt(0),
        plan.asJsonString());
  }

  private static ExecNode<?> source(ExecNode<?> node) {
    return node.getInputEdges().get(0).getSource();
  }

  private static FlatMapFunction<RowData, RowData> function(
      PlannerBase planner, CommonExecCalc calc) throws Exception {
    ClassLoader loader = FlinkCalc.class.getClassLoader();
    @SuppressWarnings("unchecked")
    List<RexNode> projection = (List<RexNode>) field(calc, "projection");
    FlatMapFunction<RowData, RowData> function =
        LookupJoinCodeGenerator.generateCalcMapFunction(
                planner.getTableConfig(),
                loader,
                JavaScalaConversionUtil.toScala(projection),
                (RexNode) field(calc, "condition"),
                (RowType) calc.getOutputType(),
                (RowType) source(calc).getOutputType(),
                "Oracle")
            .newInstance(loader);
    if (function instanceof RichFunction rich) {
      rich.setRuntimeContext(new MockStreamingRuntimeContext(1, 0));
      rich.open(DefaultOpenContext.INSTANCE);
    }
    return function;
  }

  private static Object field(CommonExecCalc calc, String name) throws Exception {
    var field = CommonExecCalc.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(calc);
  }

  /** Flink's compiled plan of the whole statement. */
  String planJson() {
    return planJson;
  }

  LogicalType resultType() {
    return resultType;
  }

  /** The expression's value for one row; see {@link Outcome}. */
  Outcome evaluate(RowData row) {
    List<Object> values = new ArrayList<>();
    RowData.FieldGetter getter = RowData.createFieldGetter(resultType, 0);
    try {
      function.flatMap(
          row,
          new Collector<>() {
            @Override
            public void collect(RowData result) {
              values.add(PlainValues.ofFlink(resultType, getter.getFieldOrNull(result)));
            }

            @Override
            public void close() {}
          });
    } catch (Throwable failure) {
      return Outcome.failed(failure);
    }
    return values.isEmpty() ? Outcome.FILTERED : Outcome.value(values.get(0));
  }
}
