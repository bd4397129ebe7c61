package dev.millrace.cli.control;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/**
 * What goes through a job's socket: a client's request and the answer to it, each some texts.
 *
 * <pre>
 * name                           ok, the job's name
 * savepoint, directory, stop     ok, the savepoint's place; or error, why there is none
 * </pre>
 */
final class ControlMessage {
  static final String NAME = "name";
  static final String SAVEPOINT = "savepoint";
  static final String OK = "ok";
  static final String ERROR = "error";

  private ControlMessage() {}

  static void write(SocketChannel to, String... texts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(texts.length);
    for (String text : texts) {
      out.writeUTF(text);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }

  static String[] read(SocketChannel from) throws IOException {
    DataInputStream in = new DataInputStream(Channels.newInputStream(from));
    String[] texts = new String[in.readInt()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readUTF();
    }
    return texts;
  }
}
