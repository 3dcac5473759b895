package lanewise.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import lanewise.nn.Activation;
import lanewise.nn.Optimizer;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.nn.Trainer;

/**
 * The method and the stopping of a recipe as fields of a JSON object {@code recipe}. Runs that were
 * recorded before there were any others have none of these fields.
 */
final class RecipeJson {
  private static final String PARENT = "recipe.";
  private static final String OPTIMIZER = "optimizer";
  private static final String MOMENTUM = "momentum";
  private static final String BETA1 = "beta1";
  private static final String BETA2 = "beta2";
  private static final String EPSILON = "epsilon";
  private static final String WEIGHT_DECAY = "weightDecay";
  private static final String MEAN = "mean";
  private static final String SCHEDULE = "schedule";
  private static final String WARMUP = "warmup";
  private static final String SHUFFLE = "shuffle";
  private static final String INIT = "init";
  private static final String LABEL_SMOOTHING = "labelSmoothing";
  private static final String DROPOUT = "dropout";
  private static final String AUGMENT = "augment";
  private static final String ACTIVATION = "activation";
  private static final String CLASS_WEIGHTS = "classWeights";
  private static final String VALIDATION = "validation";
  private static final String EARLY_STOP = "earlyStop";
  private static final String TARGET_ACCURACY = "targetAccuracy";

  private RecipeJson() {}

  /** Writes the fields into an object that has been begun. */
  static void write(JsonGenerator json, Recipe recipe) throws IOException {
    Method method = recipe.method();
    Optimizer optimizer = method.optimizer();
    writeName(json, OPTIMIZER, optimizer.kind());
    json.writeNumberField(MOMENTUM, optimizer.momentum());
    json.writeNumberField(BETA1, optimizer.beta1());
    json.writeNumberField(BETA2, optimizer.beta2());
    json.writeNumberField(EPSILON, optimizer.epsilon());
    json.writeNumberField(WEIGHT_DECAY, optimizer.weightDecay());
    writeName(json, MEAN, method.mean());
    writeName(json, SCHEDULE, method.schedule().shape());
    json.writeNumberField(WARMUP, method.schedule().warmup());
    writeName(json, SHUFFLE, method.shuffle());
    writeName(json, INIT, method.init());
    json.writeNumberField(LABEL_SMOOTHING, method.labelSmoothing());
    json.writeFieldName(DROPOUT);
    double[] dropout = method.dropout().stream().mapToDouble(Double::doubleValue).toArray();
    json.writeArray(dropout, 0, dropout.length);
    json.writeBooleanField(AUGMENT, method.augment());
    writeName(json, ACTIVATION, method.activation());
    if (method.balanced()) {
      json.writeStringField(CLASS_WEIGHTS, Method.BALANCED);
    }
    Stopping stopping = recipe.stopping();
    json.writeNumberField(VALIDATION, stopping.validation());
    json.writeNumberField(EARLY_STOP, stopping.earlyStop());
    if (stopping.targetAccuracy().isPresent()) {
      json.writeNumberField(TARGET_ACCURACY, stopping.targetAccuracy().getAsDouble());
    }
  }

  private static void writeName(JsonGenerator json, String name, Enum<?> value) throws IOException {
    json.writeStringField(name, value.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Reads the method of a record.
   *
   * @throws RunException if a field is missing or of the wrong kind
   * @throws IllegalArgumentException if a value is out of range
   */
  static Method readMethod(JsonObject json) throws RunException {
    if (!json.has(PARENT + OPTIMIZER)) {
      return Method.REFERENCE;
    }
    return new Method(
        new Optimizer(
            json.oneOf(PARENT + OPTIMIZER, Optimizer.Kind.class, "optimizer's name"),
            json.real(PARENT + MOMENTUM),
            json.real(PARENT + BETA1),
            json.real(PARENT + BETA2),
            json.real(PARENT + EPSILON),
            json.real(PARENT + WEIGHT_DECAY)),
        json.oneOf(PARENT + MEAN, Trainer.Mean.class, "'once' or 'twice'"),
        new Schedule(
            json.oneOf(PARENT + SCHEDULE, Schedule.Shape.class, "schedule's name"),
            json.real(PARENT + WARMUP)),
        json.oneOf(PARENT + SHUFFLE, Shuffle.class, "order of rows"),
        json.oneOf(PARENT + INIT, Init.class, "initialisation's name"),
        json.real(PARENT + LABEL_SMOOTHING),
        json.reals(PARENT + DROPOUT),
        json.flag(PARENT + AUGMENT),
        json.has(PARENT + ACTIVATION)
            ? json.oneOf(PARENT + ACTIVATION, Activation.class, "activation's name")
            : Activation.RELU,
        json.has(PARENT + CLASS_WEIGHTS));
  }

  /** Reads when the run of a record ends; see {@link #readMethod}. */
  static Stopping readStopping(JsonObject json) throws RunException {
    if (!json.has(PARENT + VALIDATION)) {
      return Stopping.NEVER;
    }
    return new Stopping(
        json.real(PARENT + VALIDATION),
        (int) json.integer(PARENT + EARLY_STOP, 0, Integer.MAX_VALUE),
        json.has(PARENT + TARGET_ACCURACY)
            ? OptionalDouble.of(json.real(PARENT + TARGET_ACCURACY))
            : OptionalDouble.empty());
  }
}
