package dev.millrace.engine.function.text;

import static dev.millrace.engine.function.text.Parameter.BYTES;
import static dev.millrace.engine.function.text.Parameter.INT;
import static dev.millrace.engine.function.text.Parameter.LONG;
import static dev.millrace.engine.function.text.Parameter.TEXT;

import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.Function;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.FunctionSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Functions of strings. */
public final class TextFunctions implements FunctionSet {
  private final Map<String, Function> functions = new HashMap<>();

  public TextFunctions() {
    addRanges();
    addRewriting();
    addSearch();
    addEncodings();
  }

  @Override
  public Map<String, Function> functions() {
    return functions;
  }

  private void addRanges() {
    add("TRIM", TextFunctions::trim, TEXT, TEXT, TEXT);
    strict("BTRIM", Trim.of(true, true), TEXT, TEXT);
    strict("LTRIM", Trim.of(true, false), TEXT, TEXT);
    strict("RTRIM", Trim.of(false, true), TEXT, TEXT);
    strict("SUBSTRING", Substring::substring, TEXT, INT, INT);
    strict("SUBSTR", Substring::substring, TEXT, INT, INT);
    strict("LEFT", Substring::left, TEXT, INT);
    strict("RIGHT", Substring::right, TEXT, INT);
    functions.put("SPLIT_INDEX", TextFunctions::splitIndex);
    strict("SPLIT", Split::all, TEXT, TEXT);
  }

  private void addRewriting() {
    strict("UPPER", LetterCase::upper, TEXT);
    strict("LOWER", LetterCase::lower, TEXT);
    strict("INITCAP", LetterCase::initcap, TEXT);
    strict("||", Concat::concat, TEXT, TEXT);
    functions.put("CONCAT", call -> strictOfText(call, Concat::concat));
    functions.put("CONCAT_WS", TextFunctions::concatWithSeparator);
    strict("REPLACE", Rewrite::replace, TEXT, TEXT, TEXT);
    strict("REVERSE", Rewrite::reverse, TEXT);
    strict("REPEAT", Rewrite::repeat, TEXT, INT);
    strict("OVERLAY", Rewrite::overlay, TEXT, TEXT, LONG, LONG);
    strict("LPAD", Rewrite::padLeft, TEXT, INT, TEXT);
    strict("RPAD", Rewrite::padRight, TEXT, INT, TEXT);
    add("REGEXP_REPLACE", Regexp::replace, TEXT, TEXT, TEXT);
  }

  private void addSearch() {
    strict("CHAR_LENGTH", Search::characterLength, TEXT);
    strict("CHARACTER_LENGTH", Search::characterLength, TEXT);
    strict("ASCII", Search::ascii, TEXT);
    strict("POSITION", Search::position, TEXT, TEXT, INT);
    strict("LOCATE", Search::position, TEXT, TEXT, INT);
    strict("INSTR", Search::instr, TEXT, TEXT, INT, INT);
    strict("STARTSWITH", Search::startsWith, BYTES, BYTES);
    strict("ENDSWITH", Search::endsWith, BYTES, BYTES);
    add("LIKE", Like::like, TEXT, TEXT, TEXT);
    add("SIMILAR TO", Like::similar, TEXT, TEXT, TEXT);
    add("REGEXP", Regexp::found, TEXT, TEXT);
    add("REGEXP_EXTRACT", Regexp::extract, TEXT, TEXT, LONG);
  }

  private void addEncodings() {
    strict("CHR", Encoding::chr, LONG);
    strict("TO_BASE64", Encoding::toBase64, BYTES);
    strict("FROM_BASE64", Encoding::fromBase64, BYTES);
    add("MD5", Digest.of("MD5"), TEXT);
    add("SHA1", Digest.of("SHA-1"), TEXT);
    add("SHA224", Digest.of("SHA-224"), TEXT);
    add("SHA256", Digest.of("SHA-256"), TEXT);
    add("SHA384", Digest.of("SHA-384"), TEXT);
    add("SHA512", Digest.of("SHA-512"), TEXT);
    add("SHA2", Digest::sha2, TEXT, INT);
    strict("STR_TO_MAP", Parsing::toMap, TEXT, TEXT, TEXT);
    strict("PARSE_URL", Parsing::url, TEXT, TEXT, TEXT);
  }

  private void strict(String name, Kernel kernel, Parameter... parameters) {
    add(name, call -> new StrictCall(call.type(), call.arguments(), kernel), parameters);
  }

  /** A function of these parameters, of which a call may leave out the last ones. */
  private void add(String name, Function function, Parameter... parameters) {
    functions.put(
        name,
        call -> {
          require(call, parameters);
          return function.create(call);
        });
  }

  private static void require(FunctionCall call, Parameter... parameters) {
    boolean accepted = call.arity() <= parameters.length;
    for (int i = 0; i < call.arity() && accepted; i++) {
      accepted = parameters[i].accepts(call.argumentType(i));
    }
    if (!accepted) {
      throw call.unsupported();
    }
  }

  private static void requireText(FunctionCall call) {
    Parameter[] parameters = new Parameter[call.arity()];
    Arrays.fill(parameters, TEXT);
    require(call, parameters);
  }

  private static Expression strictOfText(FunctionCall call, Kernel kernel) {
    requireText(call);
    return new StrictCall(call.type(), call.arguments(), kernel);
  }

  private static Expression concatWithSeparator(FunctionCall call) {
    requireText(call);
    return Concat.withSeparator(call);
  }

  private static Expression trim(FunctionCall call) {
    String flag = (String) ((Literal) call.argument(0)).value();
    return new StrictCall(call.type(), call.arguments(), Trim.standard(flag));
  }

  private static Expression splitIndex(FunctionCall call) {
    if (call.argumentType(1).isString()) {
      require(call, TEXT, TEXT, INT);
      return new StrictCall(call.type(), call.arguments(), Split::byText);
    }
    require(call, TEXT, INT, INT);
    return new StrictCall(call.type(), call.arguments(), Split::byCode);
  }
}
