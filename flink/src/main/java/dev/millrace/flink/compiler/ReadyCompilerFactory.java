package dev.millrace.flink.compiler;

import org.codehaus.commons.compiler.AbstractJavaSourceClassLoader;
import org.codehaus.commons.compiler.IClassBodyEvaluator;
import org.codehaus.commons.compiler.ICompiler;
import org.codehaus.commons.compiler.ICompilerFactory;
import org.codehaus.commons.compiler.IExpressionEvaluator;
import org.codehaus.commons.compiler.IScriptEvaluator;
import org.codehaus.commons.compiler.ISimpleCompiler;
import org.codehaus.janino.CompilerFactory;

/**
 * Janino, with {@link ReadyCompiler} as its simple compiler. Janino's classes load when they are
 * first needed, so it is held, not extended.
 *
 * <p>Found by the file {@code org.codehaus.commons.compiler.properties} on the class path.
 */
public final class ReadyCompilerFactory implements ICompilerFactory {
  /** Its own class, so that Janino is loaded with the first use. */
  private static final class Janino {
    static final ICompilerFactory FACTORY = new CompilerFactory();
  }

  @Override
  public ISimpleCompiler newSimpleCompiler() {
    return new ReadyCompiler();
  }

  @Override
  public String getId() {
    return getClass().getName();
  }

  @Override
  public String toString() {
    return getId();
  }

  @Override
  public String getImplementationVersion() {
    return Janino.FACTORY.getImplementationVersion();
  }

  @Override
  public IExpressionEvaluator newExpressionEvaluator() {
    return Janino.FACTORY.newExpressionEvaluator();
  }

  @Override
  public IScriptEvaluator newScriptEvaluator() {
    return Janino.FACTORY.newScriptEvaluator();
  }

  @Override
  public IClassBodyEvaluator newClassBodyEvaluator() {
    return Janino.FACTORY.newClassBodyEvaluator();
  }

  @Override
  public ICompiler newCompiler() {
    return Janino.FACTORY.newCompiler();
  }

  @Override
  public AbstractJavaSourceClassLoader newJavaSourceClassLoader() {
    return Janino.FACTORY.newJavaSourceClassLoader();
  }

  @Override
  public AbstractJavaSourceClassLoader newJavaSourceClassLoader(ClassLoader parent) {
    return Janino.FACTORY.newJavaSourceClassLoader(parent);
  }
}
