package dev.millrace.conformance.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.flink.table.planner.factories.TestValuesTableFactory;
import org.apache.flink.table.test.program.TableTestProgram;
import org.apache.flink.table.types.utils.DataTypeFactoryMock;

/** Flink's own semantic tests: the constants of type {@link TableTestProgram} in its test jars. */
final class Programs {
  private static final String PROGRAM = TableTestProgram.class.getName().replace('.', '/');

  /**
   * One of them.
   *
   * @param suite the simple name of the class that holds it
   * @param name the constant's name
   */
  record Named(String suite, String name, TableTestProgram program) {
    String fullName() {
      return suite + "." + name;
    }
  }

  private Programs() {}

  /** All of them, sorted by class and name. */
  static List<Named> all() {
    List<Named> programs = new ArrayList<>();
    for (Class<?> ofJar :
        List.of(TestValuesTableFactory.class, TableTestProgram.class, DataTypeFactoryMock.class)) {
      addAll(jarOf(ofJar), programs);
    }
    programs.sort(Comparator.comparing(Named::suite).thenComparing(Named::name));
    return programs;
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addAll(Path path, List<Named> programs) {
    try (JarFile jar = new JarFile(path.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().endsWith(".class") && mentionsPrograms(jar, entry)) {
          addAll(load(entry.getName()), programs);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asked of the bytes, since most classes of these jars need jars that are not here to load. */
  private static boolean mentionsPrograms(JarFile jar, JarEntry entry) throws IOException {
    byte[] bytes = jar.getInputStream(entry).readAllBytes();
    return new String(bytes, StandardCharsets.ISO_8859_1).contains("L" + PROGRAM + ";");
  }

  private static Class<?> load(String entry) {
    String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
    try {
      return Class.forName(name, false, Programs.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addAll(Class<?> holder, List<Named> programs) {
    for (Field field : holder.getDeclaredFields()) {
      if (field.getType() == TableTestProgram.class && Modifier.isStatic(field.getModifiers())) {
        programs.add(new Named(holder.getSimpleName(), field.getName(), value(field)));
      }
    }
  }

  private static TableTestProgram value(Field field) {
    try {
      field.setAccessible(true);
      return (TableTestProgram) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
