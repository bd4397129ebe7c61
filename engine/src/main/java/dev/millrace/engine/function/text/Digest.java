package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.Function;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.kernel.NumericArrays;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** MD5, SHA1 and the SHA-2 functions, as lower-case hexadecimal digits. */
final class Digest {
  private Digest() {}

  static Function of(String algorithm) {
    return call -> {
      MessageDigest digest = create(algorithm);
      return new StrictCall(
          call.type(),
          call.arguments(),
          (arguments, result) ->
              TextResult.compute(result, i -> hash(digest, (BytesVector) arguments[0], i)));
    };
  }

  /** SHA2(text, bits). */
  static Expression sha2(FunctionCall call) {
    Map<Integer, MessageDigest> digests = new HashMap<>();
    for (int bits : new int[] {224, 256, 384, 512}) {
      digests.put(bits, create("SHA-" + bits));
    }
    return new StrictCall(
        call.type(), call.arguments(), (arguments, result) -> sha2(digests, arguments, result));
  }

  private static Vector sha2(
      Map<Integer, MessageDigest> digests, Vector[] arguments, Result result) {
    int[] bits = NumericArrays.ints(arguments[1], result.count());
    return TextResult.compute(
        result,
        i -> {
          MessageDigest digest = digests.get(bits[i]);
          if (digest == null) {
            result.fail(i, "SHA2: there is no SHA-" + bits[i], null);
            return null;
          }
          return hash(digest, (BytesVector) arguments[0], i);
        });
  }

  private static String hash(MessageDigest digest, BytesVector text, int row) {
    digest.update(text.data(), text.starts()[row], text.lengths()[row]);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest create(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
    }
  }
}
