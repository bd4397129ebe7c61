package dev.millrace.flink.script;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A text of {@code ;}-separated SQL statements and the name that messages call it by, usually a
 * file's.
 */
public record Script(String name, String text) {
  /** Line ends become {@code \n}; a byte order mark goes away. */
  public Script {
    text = text.replace("\r\n", "\n").replace('\r', '\n');
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
  }

  /** Reads a UTF-8 file; a user's error if that is not possible. */
  public static Script read(Path file) {
    try {
      return new Script(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw MillraceException.usage("There is no script file " + file + ".", e);
    } catch (CharacterCodingException e) {
      throw MillraceException.usage("The script file " + file + " is not UTF-8 text.", e);
    } catch (IOException e) {
      String reason = Files.isDirectory(file) ? ": it is a directory." : ".";
      throw MillraceException.usage("The script file " + file + " cannot be read" + reason, e);
    }
  }

  /** The place of a character of the text. */
  Position position(int offset) {
    int line = 1;
    int lineStart = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
    return new Position(line, offset - lineStart + 1);
  }

  ScriptException error(int offset, String message) {
    return error(position(offset), message, null);
  }

  /** A user's error at a place of this script: the message, then the line with a caret under it. */
  ScriptException error(Position at, String message, Throwable cause) {
    return new ScriptException("%s:%s: %s%n%s".formatted(name, at, message, marked(at)), cause);
  }

  private String marked(Position at) {
    String line = text.lines().skip(at.line() - 1L).findFirst().orElse("");
    int column = Math.min(at.column() - 1, line.length());
    // Tabs stay tabs, so that the caret stands under its character whatever a tab's width is.
    String indent = line.substring(0, column).replaceAll("[^\t]", " ");
    return "  " + line + System.lineSeparator() + "  " + indent + "^";
  }
}
