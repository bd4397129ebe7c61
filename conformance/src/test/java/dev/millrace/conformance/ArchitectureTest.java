package dev.millrace.conformance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The arrows between the modules: {@code cli -> api -> flink -> plan -> engine <- connectors,
 * formats, server} and {@code api -> server}.
 *
 * <p>The build files already forbid most of it, but a dependency that comes along unasked (Jackson
 * with Kafka, Flink with {@code flink}) is on the class path all the same. The lower modules
 * therefore name everything that they may use; the upper ones name what they must not.
 */
@AnalyzeClasses(packages = "dev.millrace", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ENGINE = "dev.millrace.engine..";

  @ArchTest
  static final ArchRule engineUsesNothingOfTheRest =
      usesOnly("engine", "org.jctools..", "com.github.luben.zstd..");

  @ArchTest
  static final ArchRule planUsesEngineAndJackson =
      usesOnly("plan", ENGINE, "com.fasterxml.jackson..");

  @ArchTest static final ArchRule formatsUseEngine = usesOnly("formats", ENGINE);

  @ArchTest
  static final ArchRule connectorsUseEngineAndClients =
      usesOnly(
          "connectors",
          ENGINE,
          "org.apache.kafka..",
          "com.github.luben.zstd..",
          "software.amazon.awssdk..");

  @ArchTest
  static final ArchRule serverUsesEngineAndMicrometer =
      usesOnly("server", ENGINE, "io.micrometer..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule flinkKnowsNothingAboveOrBesideIt =
      noClasses()
          .that()
          .resideInAPackage("dev.millrace.flink..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.millrace.api..",
              "dev.millrace.cli..",
              "dev.millrace.connectors..",
              "dev.millrace.formats..",
              "dev.millrace.server..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule apiKnowsNothingOfTheCommandLine =
      noClasses()
          .that()
          .resideInAPackage("dev.millrace.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.millrace.cli..", "picocli..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyFlinkModuleSeesFlink =
      noClasses()
          .that()
          // What is measured is also an ordinary connector of Flink.
          .resideOutsideOfPackages("dev.millrace.flink..", "dev.millrace.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule enginePackagesFormNoCycle =
      slices()
          .matching("dev.millrace.engine.(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true);

  private static ArchRule usesOnly(String module, String... others) {
    String self = "dev.millrace." + module + "..";
    return classes()
        .that()
        .resideInAPackage(self)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.slf4j..", self).or(resideInAnyPackage(others)))
        .allowEmptyShould(true);
  }
}
