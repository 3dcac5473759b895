package lanewise.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of a command line as text by name, and back. A flag's text is empty. */
final class GivenOptions {
  private GivenOptions() {}

  /** The options that were given. */
  static Map<String, String> of(ParseResult parsed) {
    Map<String, String> given = new LinkedHashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      boolean flag = option.arity().max() == 0;
      given.put(option.longestName(), flag ? "" : String.join(",", option.originalStringValues()));
    }
    return given;
  }

  /** The same with absolute paths, so that they mean the same in any directory. */
  static Map<String, String> absolute(ParseResult parsed) {
    Map<String, String> given = of(parsed);
    for (OptionSpec option : parsed.matchedOptions()) {
      if (option.type() == Path.class) {
        given.computeIfPresent(
            option.longestName(), (name, text) -> Path.of(text).toAbsolutePath().toString());
      }
    }
    return given;
  }

  /** As the command line takes them. */
  static List<String> arguments(Map<String, String> options) {
    return options.entrySet().stream()
        .map(
            option ->
                option.getKey() + (option.getValue().isEmpty() ? "" : "=" + option.getValue()))
        .toList();
  }
}
