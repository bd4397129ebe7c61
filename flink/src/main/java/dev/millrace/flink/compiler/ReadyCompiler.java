package dev.millrace.flink.compiler;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.Cookable;
import org.codehaus.commons.compiler.ErrorHandler;
import org.codehaus.commons.compiler.ISimpleCompiler;
import org.codehaus.commons.compiler.WarningHandler;
import org.codehaus.janino.SimpleCompiler;

/**
 * Answers with the {@link ReadyClass} of a source; without one, and whenever more than the class is
 * asked for, it is Janino's compiler.
 */
final class ReadyCompiler extends Cookable implements ISimpleCompiler {
  private ClassLoader parent = Thread.currentThread().getContextClassLoader();
  private boolean ready;
  private SimpleCompiler janino;

  @Override
  public void cook(String fileName, Reader reader) throws CompileException, IOException {
    StringWriter text = new StringWriter();
    reader.transferTo(text);
    String source = text.toString();
    String name = ReadyClass.nameIn(source);
    ready = janino == null && ReadyClass.isMadeOf(source, name, parent);
    if (!ready) {
      janino().setParentClassLoader(new Without(name, parent));
      janino().cook(fileName, new StringReader(source));
    }
  }

  @Override
  public ClassLoader getClassLoader() {
    return ready ? parent : janino().getClassLoader();
  }

  @Override
  public void setParentClassLoader(ClassLoader loader) {
    parent = loader;
  }

  @Override
  public void setDebuggingInformation(boolean source, boolean lines, boolean variables) {
    janino().setDebuggingInformation(source, lines, variables);
  }

  @Override
  public void setCompileErrorHandler(ErrorHandler handler) {
    janino().setCompileErrorHandler(handler);
  }

  @Override
  public void setWarningHandler(WarningHandler handler) {
    janino().setWarningHandler(handler);
  }

  @Override
  public void setSourceVersion(int version) {
    janino().setSourceVersion(version);
  }

  @Override
  public void setTargetVersion(int version) {
    janino().setTargetVersion(version);
  }

  @Override
  public Map<String, byte[]> getBytecodes() {
    return janino().getBytecodes();
  }

  private SimpleCompiler janino() {
    if (janino == null) {
      janino = new SimpleCompiler();
    }
    return janino;
  }

  /** Hides the ready class of another source, which would be found before the compiled one. */
  private static final class Without extends ClassLoader {
    private final String hidden;

    Without(String hidden, ClassLoader parent) {
      super(parent);
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(hidden)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
