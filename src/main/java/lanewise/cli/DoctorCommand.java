package lanewise.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import lanewise.io.Text;
import lanewise.nn.Engine;
import lanewise.run.Diagnosis;
import lanewise.run.Machine;
import lanewise.run.Session;
import lanewise.run.Speed;
import lanewise.run.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code doctor}: says what a machine offers, how fast it is, and what slows it down. */
@Command(
    name = "doctor",
    description = {
      "Shows what training would run on: Java, CPU, vectors, engine and threads.",
      "Measures their speed for a second or two and says what would make it faster."
    },
    optionListHeading = "%nOptions:%n",
    footer = {"", "Exit status: 0, whatever it finds."})
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private RootCommand program;

  @Override
  public Integer call() {
    Output output = program.output(false);
    Diagnosis diagnosis = Diagnosis.here();
    Machine machine = Machine.here();
    output.result("Lanewise  " + Version.text());
    output.result("Java      %s, %s".formatted(machine.jvm(), System.getProperty("java.home")));
    output.result("Heap      at most %,d MB".formatted(diagnosis.jvm().heapMegabytes()));
    output.result("System    " + machine.os());
    output.result("CPU       " + machine.cpu());
    output.result("Threads   " + diagnosis.processors());
    output.result("Vectors   " + diagnosis.vectors());
    output.result(
        "Engine    %s, because %s"
            .formatted(VersionText.describe(Engine.AUTO), diagnosis.reason()));
    output.progress().update(() -> "Measuring ...");
    Speed speed = Speed.measure(Session.availableThreads());
    output.progress().clear();
    output.result("Speed     " + text(speed));
    List<String> advice = diagnosis.advice(speed);
    output.result("");
    if (advice.isEmpty()) {
      output.result("Nothing to improve.");
    }
    advice.forEach(sentence -> output.result("- " + sentence));
    return 0;
  }

  private static String text(Speed speed) {
    String alone = String.format(Locale.ROOT, "%.1f GFLOP/s with one thread", speed.alone());
    return speed.threads() == 1
        ? alone
        : String.format(
            Locale.ROOT,
            "%s, %.1f with %s",
            alone,
            speed.together(),
            Text.count(speed.threads(), "thread"));
  }
}
