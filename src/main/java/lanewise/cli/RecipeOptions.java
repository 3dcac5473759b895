package lanewise.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import lanewise.cli.Converters.Hidden;
import lanewise.io.Text;
import lanewise.nn.Optimizer;
import lanewise.nn.Schedule;
import lanewise.nn.Task;
import lanewise.run.Method;
import lanewise.run.Recipe;
import lanewise.run.Stopping;
import lanewise.run.TableSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ParseResult.GroupMatch;
import picocli.CommandLine.Spec;

/**
 * The options of {@code train} that its weights depend on, besides the data. Those that are not
 * given are null: they then come from the recipe that {@code --recipe} names.
 */
final class RecipeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Train on the first N rows only (default: all rows)")
  private Integer trainRows;

  @Option(
      names = "--hidden",
      paramLabel = "SIZES",
      converter = Converters.HiddenSizes.class,
      description = "Sizes of the hidden layers, or 'none' (default: ${DEFAULT-VALUE})")
  private Hidden hidden = new Hidden(Recipe.REFERENCE.hidden());

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Rows per step (default: 64)")
  private Integer batch;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      converter = Converters.Rate.class,
      description =
          "Learning rate; by default, a step is W -= RATE / rows^2 * gradient, as in the article"
              + " (default: 0.008, or that of --recipe)")
  private Double learningRate;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Converters.NotNegative.class,
      description =
          "Passes over the rows; 0 tests the untrained network (default: 75, or those of --recipe)")
  private Integer epochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Converters.Seed.class,
      description =
          "Seed for the initial weights, as in NumPy, and for all other random choices (default:"
              + " ${DEFAULT-VALUE})")
  private long seed = Recipe.REFERENCE.seed();

  @Option(
      names = "--test-every",
      paramLabel = "N",
      converter = Converters.NotNegative.class,
      description =
          "Evaluate the test rows every N epochs, for the history and the report; does not affect"
              + " the weights; 0 evaluates them only at the end (default: ${DEFAULT-VALUE})")
  private int testEvery = Recipe.REFERENCE.testEvery();

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      converter = Choices.NamedRecipe.class,
      completionCandidates = Choices.NamedRecipe.class,
      description =
          "A set of the options above and below, each of which overrides it: reference, the"
              + " article's run; fast, 4 epochs with adam; best, 40 epochs with adam on distorted"
              + " images; table, 100 epochs with adam (default: reference, or table with --label)")
  private Recipe recipe;

  @ArgGroup(exclusive = false, validate = false, heading = "%nSteps:%n")
  private RecipeGroups.Steps steps = new RecipeGroups.Steps();

  @ArgGroup(exclusive = false, validate = false, heading = "%nRows and network:%n")
  private RecipeGroups.Rows rows = new RecipeGroups.Rows();

  @ArgGroup(exclusive = false, validate = false, heading = "%nRegularisation:%n")
  private RecipeGroups.Regularisation regularisation = new RecipeGroups.Regularisation();

  @ArgGroup(exclusive = false, validate = false, heading = "%nValidation and stopping:%n")
  private RecipeGroups.Ending ending = new RecipeGroups.Ending();

  /** Forgets the last command line: a parser that is used again leaves groups as they are. */
  void forget() {
    steps = new RecipeGroups.Steps();
    rows = new RecipeGroups.Rows();
    regularisation = new RecipeGroups.Regularisation();
    ending = new RecipeGroups.Ending();
  }

  /** Whether some training rows are left out to validate with. */
  boolean validates() {
    return ending.validation != null && ending.validation > 0;
  }

  /**
   * The recipe.
   *
   * @param table how the data is read if it is a table
   * @throws ParameterException if the options are not consistent
   */
  Recipe recipe(Optional<TableSettings> table) {
    checkRepetition();
    if (recipe == null) {
      recipe = table.isPresent() ? Recipe.TABLE : Recipe.REFERENCE;
    }
    boolean classifies = table.isEmpty() || table.get().options().task() == Task.CLASSIFY;
    if (!classifies) {
      checkClassOptions();
    }
    Optimizer optimizer = optimizer();
    int epochs = or(this.epochs, recipe.epochs());
    Method method = recipe.method();
    Method chosen =
        new Method(
            optimizer,
            or(steps.mean, Method.usualMean(optimizer)),
            new Schedule(or(steps.schedule, method.schedule().shape()), warmup(epochs)),
            or(rows.shuffle, method.shuffle()),
            or(rows.init, method.init()),
            classifies ? or(regularisation.labelSmoothing, method.labelSmoothing()) : 0,
            dropout(),
            rows.augment || method.augment(),
            or(rows.activation, method.activation()),
            regularisation.classWeights != null || method.balanced());
    return new Recipe(
        trainRows == null ? OptionalInt.empty() : OptionalInt.of(trainRows),
        hidden.sizes(),
        or(batch, recipe.batch()),
        or(learningRate, recipe.learningRate()),
        epochs,
        seed,
        testEvery,
        chosen,
        stopping());
  }

  /** Options about classes make no sense for a regression. */
  private void checkClassOptions() {
    List<String> given = new ArrayList<>();
    if (regularisation.classWeights != null) {
      given.add("--class-weights");
    }
    if (or(regularisation.labelSmoothing, 0.0) > 0) {
      given.add("--label-smoothing");
    }
    if (ending.targetAccuracy != null) {
      given.add("--target-accuracy");
    }
    if (!given.isEmpty()) {
      throw misuse(
          "%s needs classes: leave it out with --task regress".formatted(given.getFirst()));
    }
  }

  /** In a group, picocli lets the last of several values win. */
  private void checkRepetition() {
    ParseResult result = spec.commandLine().getParseResult();
    for (ArgGroupSpec group : spec.commandLine().getCommandSpec().argGroups()) {
      List<GroupMatch> matches =
          result.findMatches(group).stream()
              .flatMap(container -> container.matches().stream())
              .toList();
      for (OptionSpec option : group.options()) {
        if (matches.stream().filter(match -> !match.matchedValues(option).isEmpty()).count() > 1) {
          throw misuse("option '%s' should be specified only once".formatted(option.longestName()));
        }
      }
    }
  }

  private Optimizer optimizer() {
    Optimizer named = recipe.method().optimizer();
    Optimizer.Kind kind = or(steps.kind, named.kind());
    checkEffect(kind);
    // What a named recipe says of one kind does not hold for others.
    Optimizer base = isAdam(kind) == isAdam(named.kind()) ? named : Optimizer.of(kind);
    return new Optimizer(
        kind,
        or(steps.momentum, base.momentum()),
        or(steps.beta1, base.beta1()),
        or(steps.beta2, base.beta2()),
        or(steps.epsilon, base.epsilon()),
        or(regularisation.weightDecay, named.weightDecay()));
  }

  private static boolean isAdam(Optimizer.Kind kind) {
    return kind == Optimizer.Kind.ADAM || kind == Optimizer.Kind.ADAMW;
  }

  private void checkEffect(Optimizer.Kind kind) {
    Map<String, Double> useless = new LinkedHashMap<>();
    if (kind != Optimizer.Kind.MOMENTUM && kind != Optimizer.Kind.NESTEROV) {
      useless.put("--momentum", steps.momentum);
    }
    if (!isAdam(kind)) {
      useless.put("--beta1", steps.beta1);
      useless.put("--beta2", steps.beta2);
      useless.put("--epsilon", steps.epsilon);
    }
    List<String> given = new ArrayList<>();
    useless.forEach(
        (name, value) -> {
          if (value != null) {
            given.add(name);
          }
        });
    if (!given.isEmpty()) {
      throw misuse(
          "%s would have no effect with the optimizer %s"
              .formatted(String.join(", ", given), kind));
    }
  }

  private double warmup(int epochs) {
    double warmup = or(steps.warmup, recipe.warmup(epochs));
    if (warmup > epochs) {
      throw misuse(
          "the warm-up of %s epochs is longer than the run of %d".formatted(warmup, epochs));
    }
    return warmup;
  }

  private List<Double> dropout() {
    if (regularisation.dropout == null) {
      return recipe.method().dropout();
    }
    List<Double> shares = regularisation.dropout.shares();
    int layers = hidden.sizes().size();
    if (shares.size() > layers || shares.size() > 1 && shares.size() < layers) {
      throw misuse(
          "--dropout has %s, but --hidden %s has %s"
              .formatted(Text.count(shares.size(), "share"), hidden, Text.count(layers, "layer")));
    }
    return shares;
  }

  private Stopping stopping() {
    if (ending.earlyStop != null && ending.validation == null) {
      throw misuse("--early-stop needs validation rows: add --validation");
    }
    return new Stopping(
        or(ending.validation, 0.0),
        or(ending.earlyStop, 0),
        ending.targetAccuracy == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(ending.targetAccuracy));
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
