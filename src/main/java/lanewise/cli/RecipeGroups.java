package lanewise.cli;

import lanewise.nn.Activation;
import lanewise.nn.Optimizer;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.nn.Trainer;
import lanewise.run.Init;
import picocli.CommandLine.Option;

/** The options of a recipe in the groups of the help; null where not given. */
final class RecipeGroups {
  private static final String ONLY_MOMENTUM = ", of momentum and nesterov (default: 0.9)";
  private static final String ONLY_ADAM = ", of adam and adamw (default: ";

  private RecipeGroups() {}

  /** How a gradient changes the weights. */
  static final class Steps {
    @Option(
        names = "--optimizer",
        paramLabel = "OPTIMIZER",
        converter = Choices.OptimizerName.class,
        completionCandidates = Choices.OptimizerName.class,
        description = "sgd, momentum, nesterov, adam or adamw (default: sgd)")
    Optimizer.Kind kind;

    @Option(
        names = "--momentum",
        paramLabel = "SHARE",
        converter = Converters.Share.class,
        description = "Share of the last step that is kept" + ONLY_MOMENTUM)
    Double momentum;

    @Option(
        names = "--beta1",
        paramLabel = "SHARE",
        converter = Converters.Share.class,
        description = "Share of the mean gradient that is kept" + ONLY_ADAM + "0.9)")
    Double beta1;

    @Option(
        names = "--beta2",
        paramLabel = "SHARE",
        converter = Converters.Share.class,
        description = "Share of the mean squared gradient that is kept" + ONLY_ADAM + "0.999)")
    Double beta2;

    @Option(
        names = "--epsilon",
        paramLabel = "E",
        converter = Converters.Epsilon.class,
        description = "Added to the divisor" + ONLY_ADAM + "1e-8)")
    Double epsilon;

    @Option(
        names = "--mean",
        paramLabel = "MEAN",
        converter = Choices.MeanName.class,
        completionCandidates = Choices.MeanName.class,
        description =
            "How often the gradient is divided by the rows of its batch, once or twice (default:"
                + " twice with sgd, as in the article; once with others)")
    Trainer.Mean mean;

    @Option(
        names = "--schedule",
        paramLabel = "SCHEDULE",
        converter = Choices.ScheduleName.class,
        completionCandidates = Choices.ScheduleName.class,
        description =
            "The learning rate over the steps of the run: constant, or falling to 0, linear or"
                + " cosine (default: constant)")
    Schedule.Shape schedule;

    @Option(
        names = "--warmup",
        paramLabel = "EPOCHS",
        converter = Converters.Amount.class,
        description = "Epochs, such as 0.5, in which the learning rate rises (default: 0)")
    Double warmup;
  }

  /** What an epoch sees. */
  static final class Rows {
    @Option(
        names = "--shuffle",
        paramLabel = "SHUFFLE",
        converter = Choices.ShuffleName.class,
        completionCandidates = Choices.ShuffleName.class,
        description =
            "New random order of the rows in each epoch: rows, groups (of four similar rows, which"
                + " is faster) or none (default: none)")
    Shuffle shuffle;

    @Option(
        names = "--augment",
        description = "New random distortions of the images in each epoch (default: false)")
    boolean augment;

    @Option(
        names = "--init",
        paramLabel = "INIT",
        converter = Choices.InitName.class,
        completionCandidates = Choices.InitName.class,
        description = "Distribution of the initial weights: glorot or he (default: glorot)")
    Init init;

    @Option(
        names = "--activation",
        paramLabel = "ACTIVATION",
        converter = Choices.ActivationName.class,
        completionCandidates = Choices.ActivationName.class,
        description = "Activation of the hidden layers: relu or tanh (default: relu)")
    Activation activation;
  }

  /** What keeps the weights from fitting the training rows too well. */
  static final class Regularisation {
    @Option(
        names = "--weight-decay",
        paramLabel = "D",
        converter = Converters.Amount.class,
        description = "Pull of the weights, not of the biases, towards 0 (default: 0)")
    Double weightDecay;

    @Option(
        names = "--label-smoothing",
        paramLabel = "S",
        converter = Converters.Share.class,
        description = "Share of the target that all classes divide among them (default: 0)")
    Double labelSmoothing;

    @Option(
        names = "--dropout",
        paramLabel = "SHARES",
        converter = Converters.Shares.class,
        description =
            "Share of the hidden units that a step leaves out, one for all hidden layers or one,"
                + " after commas, for each (default: 0)")
    Converters.ShareList dropout;

    @Option(
        names = "--class-weights",
        paramLabel = "balanced",
        converter = Choices.ClassWeights.class,
        description =
            "Let rows of rare classes weigh more, so that all classes weigh the same (default:"
                + " all rows the same)")
    String classWeights;
  }

  /** When the run ends. */
  static final class Ending {
    @Option(
        names = "--validation",
        paramLabel = "SHARE|ROWS",
        converter = Converters.Validation.class,
        description =
            "Evaluate this share, or number, of the training rows after each epoch instead of"
                + " learning from them: the last ones, or with --shuffle random ones (default:"
                + " none)")
    Double validation;

    @Option(
        names = "--early-stop",
        paramLabel = "N",
        converter = Converters.Positive.class,
        description =
            "Stop after N epochs without a lower validation loss, and keep the weights of the best"
                + " epoch (default: never)")
    Integer earlyStop;

    @Option(
        names = "--target-accuracy",
        paramLabel = "A",
        converter = Converters.Target.class,
        description =
            "Stop when this accuracy is reached on the validation rows or, without these, on the"
                + " training rows (default: never)")
    Double targetAccuracy;
  }
}
