package lanewise.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.table.Target;

/** A session of a run: the remaining epochs, their records, the final test. */
final class TrainingSession {
  private final Settings settings;
  private final DataPlace place;
  private final RunBeginning beginning;
  private final SavedModel model;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final Split split;
  private final Samples testSamples;

  /**
   * @param model receives the trained network
   */
  TrainingSession(
      Settings settings,
      RunData data,
      RunBeginning beginning,
      SavedModel model,
      RunListener listener,
      Cancellation cancellation) {
    this.settings = settings;
    this.place = data.place(); // Not the rows, which the split may have copied.
    this.beginning = beginning;
    this.model = model;
    this.listener = listener;
    this.cancellation = cancellation;
    int rows = settings.trainRows() + settings.validationRows();
    this.split =
        Split.of(data.dataset().train().first(rows), settings.validationRows(), settings.recipe());
    this.testSamples = data.dataset().test();
  }

  /**
   * Trains and tests.
   *
   * @throws IOException see {@link TrainingRun}
   */
  RunOutcome run() throws IOException {
    Mlp net;
    Trainer trainer;
    try {
      net = beginning.net(settings);
      trainer = trainer(net);
      trainer.check(split.training());
    } catch (IllegalArgumentException e) {
      throw new RunException(e.getMessage(), e);
    }
    try (RunFiles files = open(net)) {
      listener.onBegin(
          new RunListener.Header(
              settings,
              net.toString(),
              net.parameters().length,
              net.trainingFlop(),
              files.trained(),
              files.recorded()));
      Epochs epochs =
          new Epochs(
              settings,
              split,
              testSamples,
              beginning.clock(),
              listener,
              cancellation,
              net,
              trainer,
              files);
      Ending ending = epochs.train(beginning.state());
      if (cancellation.isRequested()) {
        return new RunOutcome.Cancelled();
      }
      ending.sentence(settings.recipe()).ifPresent(listener::onNotice);
      listener.onTest();
      Evaluation test = epochs.test(trainer::evaluate);
      return finish(files, net, trainer, epochs, ending, test);
    }
  }

  private Trainer trainer(Mlp net) {
    Trainer.Builder builder =
        settings
            .recipe()
            .trainer(net, split.training())
            .engine(settings.engine())
            .threads(settings.threads());
    split.validation().ifPresent(builder::validation);
    return builder.build();
  }

  private RunFiles open(Mlp net) throws IOException {
    try {
      return beginning.open(settings, place, model, net, listener);
    } catch (RunException | ModelException e) {
      throw e;
    } catch (IOException e) {
      throw RunException.cannotWrite(beginning.path(), e);
    }
  }

  private RunOutcome finish(
      RunFiles files, Mlp net, Trainer trainer, Epochs epochs, Ending ending, Evaluation test)
      throws IOException {
    Evaluation train = epochs.training(ending);
    Evaluation validation = epochs.validation(ending);
    Model trained = SavedModel.of(net, settings);
    Optional<Mistakes> mistakes =
        test.isRegression()
            ? Optional.empty()
            : Optional.of(Mistakes.find(trained, testSamples, test));
    Pairs pairs =
        settings.target() instanceof Target.Value value ? Pairs.of(testSamples, test, value) : null;
    Importance importance =
        settings
            .encoding()
            .flatMap(
                encoding ->
                    Importance.of(
                        net,
                        encoding,
                        testSamples,
                        test,
                        trainer::evaluate,
                        settings.recipe().seed()))
            .orElse(null);
    RunOutcome[] outcome = {new RunOutcome.Cancelled()};
    cancellation.complete(
        () -> {
          Summary summary =
              new Summary(
                  beginning.clock().started(),
                  beginning.clock().seconds(),
                  settings,
                  Machine.here(),
                  settings.engine().implementation(),
                  settings.engine().lanes(),
                  ending,
                  train,
                  validation,
                  test,
                  pairs,
                  importance,
                  net.parameters().length,
                  net.sha256());
          Optional<RunException> problem = model.save(trained);
          files.finish(summary, mistakes);
          Path saved = problem.isEmpty() ? model.file() : model.fallback();
          outcome[0] = new RunOutcome.Completed(summary, trained, saved, problem);
        });
    return outcome[0];
  }
}
