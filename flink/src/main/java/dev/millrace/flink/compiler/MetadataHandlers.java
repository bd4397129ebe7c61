package dev.millrace.flink.compiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.janino.RelMetadataHandlerGeneratorUtil;
import org.apache.calcite.rel.metadata.janino.RelMetadataHandlerGeneratorUtil.HandlerNameAndGeneratedCode;
import org.apache.flink.table.planner.plan.metadata.FlinkDefaultRelMetadataProvider;
import org.apache.flink.table.planner.plan.metadata.FlinkMetadata;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/** Makes the {@link ReadyClass}es; the build runs it. */
public final class MetadataHandlers {
  private MetadataHandlers() {}

  /** Writes the class of every handler that Flink has metadata for, and its source, to a folder. */
  public static void main(String[] arguments) throws IOException, CompileException {
    Path folder = Path.of(arguments[0]);
    RelMetadataProvider provider = FlinkDefaultRelMetadataProvider.INSTANCE();
    for (Class<? extends MetadataHandler<?>> kind : kinds()) {
      // As Calcite's provider calls the generator.
      List<MetadataHandler<?>> handlers = provider.handlers(kind).stream().distinct().toList();
      if (!handlers.isEmpty()) {
        write(RelMetadataHandlerGeneratorUtil.generateHandler(kind, handlers), folder);
      }
    }
  }

  @SuppressWarnings("unchecked")
  static List<Class<? extends MetadataHandler<?>>> kinds() {
    return Stream.of(BuiltInMetadata.class, FlinkMetadata.class)
        .flatMap(metadata -> Stream.of(metadata.getDeclaredClasses()))
        .flatMap(metadata -> Stream.of(metadata.getDeclaredClasses()))
        .filter(MetadataHandler.class::isAssignableFrom)
        .<Class<? extends MetadataHandler<?>>>map(
            kind -> (Class<? extends MetadataHandler<?>>) kind)
        .toList();
  }

  private static void write(HandlerNameAndGeneratedCode handler, Path folder)
      throws IOException, CompileException {
    SimpleCompiler compiler = new SimpleCompiler();
    compiler.cook(handler.getGeneratedCode());
    for (Map.Entry<String, byte[]> compiled : compiler.getBytecodes().entrySet()) {
      Path file = folder.resolve(compiled.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, compiled.getValue());
    }
    Files.writeString(
        folder.resolve(ReadyClass.sourcePath(handler.getHandlerName())),
        handler.getGeneratedCode());
  }
}
