package dev.millrace.flink;

import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.utils.TypeConversions;

/** The table that a bare SELECT writes to. It is in no catalog; the plan alone holds it. */
public final class SelectTable {
  /** Its connector. The native engine's counterpart takes any changelog, in one instance. */
  public static final String CONNECTOR = "millrace-collect";

  private SelectTable() {}

  /** Lets the query write to a table of its schema. */
  static SinkModifyOperation sinkFor(QueryOperation query, String catalog, String database) {
    ResolvedSchema schema = sinkSchema(query.getResolvedSchema());
    CatalogTable table =
        CatalogTable.newBuilder()
            .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
            .options(Map.of("connector", CONNECTOR))
            .build();
    return new SinkModifyOperation(
        ContextResolvedTable.temporary(
            ObjectIdentifier.of(catalog, database, "SELECT"),
            new ResolvedCatalogTable(table, schema)),
        query);
  }

  private static ResolvedSchema sinkSchema(ResolvedSchema query) {
    List<DataType> types = query.getColumnDataTypes().stream().map(SelectTable::sinkType).toList();
    return ResolvedSchema.physical(query.getColumnNames(), types);
  }

  /** A time attribute is a plain timestamp once it has left the query; a table can't hold NULL. */
  private static DataType sinkType(DataType type) {
    LogicalType logical = type.getLogicalType();
    return switch (logical.getTypeRoot()) {
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          TypeConversions.fromLogicalToDataType(
              org.apache.flink.table.types.logical.utils.LogicalTypeUtils.removeTimeAttributes(
                  logical));
      case NULL -> DataTypes.STRING();
      default -> type;
    };
  }
}
