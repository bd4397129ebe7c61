package dev.millrace.flink.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.janino.RelMetadataHandlerGeneratorUtil;
import org.apache.flink.table.planner.plan.metadata.FlinkDefaultRelMetadataProvider;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.CompilerFactoryFactory;
import org.codehaus.commons.compiler.ISimpleCompiler;
import org.junit.jupiter.api.Test;

class ReadyCompilerTest {
  private static final ClassLoader LOADER = ReadyCompilerTest.class.getClassLoader();
  private static final String READY =
      "org.apache.calcite.rel.metadata.janino.GeneratedMetadata_RowCountHandler";
  private static final String SEVEN =
      """
      package dev.millrace.flink.compiler;

      public final class Seven implements java.util.function.IntSupplier {
        public int getAsInt() {
          return 7;
        }
      }
      """;

  @Test
  void isTheCompilerThatCalciteFinds() throws Exception {
    assertThat(CompilerFactoryFactory.getDefaultCompilerFactory(LOADER))
        .isInstanceOf(ReadyCompilerFactory.class);
  }

  @Test
  void everyHandlerOfFlinkIsReady() throws Exception {
    RelMetadataProvider provider = FlinkDefaultRelMetadataProvider.INSTANCE();
    int ready = 0;
    for (Class<? extends MetadataHandler<?>> kind : MetadataHandlers.kinds()) {
      var handlers = provider.handlers(kind).stream().distinct().toList();
      if (!handlers.isEmpty()) {
        var generated = RelMetadataHandlerGeneratorUtil.generateHandler(kind, handlers);
        Class<?> type = compile(generated.getGeneratedCode(), generated.getHandlerName());
        assertThat(type.getClassLoader()).as(type.getName()).isSameAs(LOADER);
        assertThat(type).isAssignableTo(kind);
        ready++;
      }
    }
    assertThat(ready).isGreaterThan(20);
  }

  @Test
  void aSourceThatIsNotReadyIsCompiled() throws Exception {
    assertThat(intOf(compile(SEVEN, "dev.millrace.flink.compiler.Seven"))).isEqualTo(7);
  }

  @Test
  void aSourceThatDoesNotBeginLikeOursIsCompiled() throws Exception {
    String bare = SEVEN.replaceFirst("package .*;", "").replace("final ", "");

    assertThat(intOf(compile(bare, "Seven"))).isEqualTo(7);
  }

  /** As after an update of Flink alone: the class on the class path is not the one meant. */
  @Test
  void aReadyClassOfAnotherSourceIsNotTaken() throws Exception {
    String other =
        SEVEN
            .replace("dev.millrace.flink.compiler", "org.apache.calcite.rel.metadata.janino")
            .replace("Seven", "GeneratedMetadata_RowCountHandler");

    assertThat(intOf(compile(other, READY))).isEqualTo(7);
  }

  @Test
  void withDebuggingInformationAReadySourceIsCompiledToo() throws Exception {
    ISimpleCompiler compiler = compiler();
    compiler.setDebuggingInformation(true, true, true);
    compiler.cook(readySource());

    assertThat(compiler.getClassLoader().loadClass(READY).getClassLoader()).isNotSameAs(LOADER);
    assertThat(compiler.getBytecodes()).containsKey(READY);
  }

  @Test
  void aWrongSourceIsRefused() {
    assertThatThrownBy(() -> compile(SEVEN.replace("7", "seven"), "Seven"))
        .isInstanceOf(CompileException.class)
        .hasMessageContaining("seven");
  }

  private static ISimpleCompiler compiler() {
    ISimpleCompiler compiler = new ReadyCompilerFactory().newSimpleCompiler();
    compiler.setParentClassLoader(LOADER);
    return compiler;
  }

  private static Class<?> compile(String source, String name) throws Exception {
    ISimpleCompiler compiler = compiler();
    compiler.cook(source);
    return compiler.getClassLoader().loadClass(name);
  }

  private static int intOf(Class<?> type) throws ReflectiveOperationException {
    Object made = type.getDeclaredConstructor().newInstance();
    return ((java.util.function.IntSupplier) made).getAsInt();
  }

  private static String readySource() throws IOException {
    try (InputStream source = LOADER.getResourceAsStream(ReadyClass.sourcePath(READY))) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
