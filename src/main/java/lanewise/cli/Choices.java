package lanewise.cli;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lanewise.nn.Activation;
import lanewise.nn.Engine;
import lanewise.nn.Optimizer;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.nn.Task;
import lanewise.nn.Trainer;
import lanewise.run.Init;
import lanewise.run.Method;
import lanewise.run.Recipe;
import lanewise.table.Missing;
import lanewise.table.Scale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parsers of option values that are one of a few names. */
final class Choices {
  private Choices() {}

  /** One of some values, by its name in lower case. Iterates over the names, for completion. */
  private abstract static class Choice<T> implements ITypeConverter<T>, Iterable<String> {
    private final Map<String, T> values = new LinkedHashMap<>();

    Choice(Map<String, T> values) {
      this.values.putAll(values);
    }

    @SafeVarargs
    Choice(T... values) {
      for (T value : values) {
        this.values.put(((Enum<?>) value).name().toLowerCase(Locale.ROOT), value);
      }
    }

    @Override
    public Iterator<String> iterator() {
      return values.keySet().iterator();
    }

    @Override
    public T convert(String text) {
      if (values.containsKey(text)) {
        return values.get(text);
      }
      List<String> names = List.copyOf(values.keySet());
      throw new TypeConversionException(
          "'%s' is not %s or %s"
              .formatted(
                  text, String.join(", ", names.subList(0, names.size() - 1)), names.getLast()));
    }
  }

  /** One of the engines. */
  static final class EngineName extends Choice<Engine> {
    EngineName() {
      super(Engine.values());
    }
  }

  /** One of the optimizers. */
  static final class OptimizerName extends Choice<Optimizer.Kind> {
    OptimizerName() {
      super(Optimizer.Kind.values());
    }
  }

  /** Once or twice. */
  static final class MeanName extends Choice<Trainer.Mean> {
    MeanName() {
      super(Trainer.Mean.values());
    }
  }

  /** One of the schedules. */
  static final class ScheduleName extends Choice<Schedule.Shape> {
    ScheduleName() {
      super(Schedule.Shape.values());
    }
  }

  /** One of the orders of rows. */
  static final class ShuffleName extends Choice<Shuffle> {
    ShuffleName() {
      super(Shuffle.values());
    }
  }

  /** One of the distributions of initial weights. */
  static final class InitName extends Choice<Init> {
    InitName() {
      super(Init.values());
    }
  }

  /** {@code classify} or {@code regress}. */
  static final class TaskName extends Choice<Task> {
    TaskName() {
      super(Task.values());
    }
  }

  /** {@code fail} or {@code mean}. */
  static final class MissingName extends Choice<Missing> {
    MissingName() {
      super(Missing.values());
    }
  }

  /** {@code standard}, {@code minmax} or {@code none}. */
  static final class ScaleName extends Choice<Scale> {
    ScaleName() {
      super(Scale.values());
    }
  }

  /** {@code relu} or {@code tanh}. */
  static final class ActivationName extends Choice<Activation> {
    ActivationName() {
      super(Activation.values());
    }
  }

  /** The one kind of class weights there is. */
  static final class ClassWeights implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!text.equals(Method.BALANCED)) {
        throw new TypeConversionException("'%s' is not balanced".formatted(text));
      }
      return text;
    }
  }

  /** One of the recipes that have a name. */
  static final class NamedRecipe extends Choice<Recipe> {
    NamedRecipe() {
      super(Recipe.named());
    }
  }
}
