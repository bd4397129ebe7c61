package dev.millrace.cli;

import dev.millrace.api.Millrace;
import dev.millrace.engine.checkpoint.StoredSnapshot;
import dev.millrace.engine.error.MillraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description = {
      "Unpacks what 'millrace backup' has written and starts the job from it, by its compiled plan.",
      "With --unpack it is not started: edit the script and run it by 'millrace run --from'."
    },
    footer = {"", "Example:", "  millrace restore orders.backup --parallelism 4"})
final class RestoreCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreCommand.class);

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The folder to unpack into (default: named like the file, beside it).")
  private Path folder;

  @Option(names = "--unpack", description = "Starts nothing.")
  private boolean unpackOnly;

  @Mixin private SettingOptions settings;
  @Mixin private RunOptions run;

  @Override
  public Integer call() throws InterruptedException {
    Path target = folder == null ? besides(file) : folder;
    StoredSnapshot savepoint = BackupFile.unpack(file, target);
    LOG.info(
        "'{}' is unpacked into {}: job.sql, job.plan.json and the savepoint.",
        savepoint.info().job(),
        target);
    if (unpackOnly) {
      return ExitCodes.DONE;
    }
    Path plan = target.resolve("job.plan.json");
    if (!Files.exists(plan)) {
      throw MillraceException.usage(
          "%s holds no plan, only state: run the job's script by 'millrace run SCRIPT --from %s'."
              .formatted(file, target));
    }
    return run.run(settings.applyTo(Millrace.file(plan)).from(target.toString()));
  }

  private static Path besides(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return file.resolveSibling(dot > 0 ? name.substring(0, dot) : name + "-restored");
  }
}
