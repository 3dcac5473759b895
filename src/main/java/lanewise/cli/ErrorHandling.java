package lanewise.cli;

import java.util.List;
import lanewise.data.DataException;
import lanewise.model.ModelException;
import lanewise.report.RunException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into one line for the user; a stack trace is for our own mistakes. */
final class ErrorHandling
    implements IParameterExceptionHandler, IExecutionExceptionHandler, IExecutionStrategy {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String message = e.getMessage();
    if (e instanceof UnmatchedArgumentException unmatched) {
      message = describe(unmatched);
    }
    print(command, Character.toLowerCase(message.charAt(0)) + message.substring(1));
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'");
    return CommandFailure.BAD_INPUT;
  }

  private static String describe(UnmatchedArgumentException e) {
    String kind = "unexpected argument";
    if (e.isUnknownOption()) {
      kind = "unknown option";
    } else if (!e.getCommandLine().getSubcommands().isEmpty()) {
      kind = "unknown command";
    }
    String message = "%s '%s'".formatted(kind, e.getUnmatched().get(0));
    List<String> near = e.getSuggestions();
    return near.isEmpty() ? message : message + "; did you mean " + near.get(0) + "?";
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    if (e instanceof CommandFailure failure) {
      print(command, failure.getMessage());
      return failure.status();
    }
    if (isForPeople(e)) {
      print(command, e.getMessage());
      return CommandFailure.BAD_INPUT;
    }
    throw e;
  }

  /** Whether the message is a sentence that was written for the user. */
  private static boolean isForPeople(Exception e) {
    return e instanceof DataException || e instanceof ModelException || e instanceof RunException;
  }

  @Override
  public int execute(ParseResult parsed) {
    RunLast strategy = new RunLast();
    try {
      return strategy.execute(parsed);
    } catch (OutOfMemoryError e) {
      CommandLine command = parsed.commandSpec().commandLine();
      print(
          command,
          "not enough memory (%s): give Java more, for example -Xmx4g, or ask for less"
              .formatted(e.getMessage()));
      return CommandFailure.BAD_INPUT;
    }
  }

  /** One line, whatever a file's name or an argument holds. */
  static void print(CommandLine command, String message) {
    command.getErr().println("lanewise: " + message.replaceAll("\\p{Cntrl}", "?"));
    command.getErr().flush();
  }
}
