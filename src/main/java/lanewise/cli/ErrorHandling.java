package lanewise.cli;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import lanewise.data.DataException;
import lanewise.io.Text;
import lanewise.model.ModelException;
import lanewise.run.RunDivergedException;
import lanewise.run.RunException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports failures in one line each. Stack traces are only for bugs of the program. */
final class ErrorHandling
    implements IParameterExceptionHandler, IExecutionExceptionHandler, IExecutionStrategy {
  /** Exit status for bad options or data, outputs that cannot be written, and too little memory. */
  static final int BAD_INPUT = 1;

  /** Exit status if training diverged. */
  static final int DIVERGED = 2;

  /** Exit status if the reader of standard output has ended, as in shells after SIGPIPE. */
  static final int CLOSED_PIPE = 141;

  /** What to do if there is not enough memory. A constant: making a string could fail again. */
  static final String NOT_ENOUGH_MEMORY =
      "not enough memory: give Java more, for example %s-Xmx4g, or use smaller data or networks"
          .formatted(optionsVariable());

  /** Where the JVM's options go: the launcher of the installed program reads a variable. */
  private static String optionsVariable() {
    String variable = System.getProperty("lanewise.launcher");
    return variable == null ? "" : variable + "=";
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    print(command, sentence(e));
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'");
    return BAD_INPUT;
  }

  /** What is wrong with an option, as a sentence for users. */
  static String sentence(ParameterException e) {
    String message =
        e instanceof UnmatchedArgumentException unmatched ? describe(unmatched) : e.getMessage();
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private static String describe(UnmatchedArgumentException e) {
    String kind = "unexpected argument";
    if (e.isUnknownOption()) {
      kind = "unknown option";
    } else if (!e.getCommandLine().getSubcommands().isEmpty()) {
      kind = "unknown command";
    }
    String typed = e.getUnmatched().get(0);
    String question =
        Spelling.nearest(typed, e.getSuggestions())
            .map(near -> "; did you mean " + near + "?")
            .orElse("");
    return "%s '%s'%s".formatted(kind, typed, question);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    if (e instanceof OutputException failure) {
      return report(failure, command);
    }
    if (!isForUsers(e)) {
      throw e;
    }
    print(command, e.getMessage());
    return e instanceof RunDivergedException ? DIVERGED : BAD_INPUT;
  }

  /** Whether the message is a sentence written for users. */
  private static boolean isForUsers(Exception e) {
    return e instanceof DataException || e instanceof ModelException || e instanceof RunException;
  }

  @Override
  public int execute(ParseResult parsed) {
    RunLast strategy = new RunLast();
    CommandLine command = parsed.commandSpec().commandLine();
    try {
      int status = strategy.execute(parsed);
      command.getOut().flush();
      return status;
    } catch (OutputException e) { // Of help or version, as those of commands are wrapped.
      return report(e, command);
    } catch (Throwable e) { // Anything may have an OutOfMemoryError inside.
      if (!isOutOfMemory(e)) {
        throw e;
      }
      print(command, NOT_ENOUGH_MEMORY);
      return BAD_INPUT;
    }
  }

  private static int report(OutputException e, CommandLine command) {
    if (e.isClosedPipe()) {
      return CLOSED_PIPE;
    }
    print(command, e.getMessage());
    return BAD_INPUT;
  }

  /** Whether this is an {@link OutOfMemoryError}, or was caused by one or suppressed one. */
  static boolean isOutOfMemory(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> pending = new ArrayDeque<>(List.of(thrown));
    while (!pending.isEmpty()) {
      Throwable next = pending.pop();
      if (next instanceof OutOfMemoryError) {
        return true;
      }
      if (seen.add(next)) {
        pending.addAll(Arrays.asList(next.getSuppressed()));
        if (next.getCause() != null) {
          pending.add(next.getCause());
        }
      }
    }
    return false;
  }

  /** Prints one line, whatever a file name or an argument contains. */
  static void print(CommandLine command, String message) {
    command.getErr().println("lanewise: " + Text.printable(message));
    command.getErr().flush();
  }
}
