package lanewise.bench.peers;

import java.io.IOException;
import lanewise.bench.Work;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * The reference network's predictions by Lanewise and ONNX Runtime, in rows per second of one
 * thread, each in JVMs of its own.
 */
public class PeerPredictBenchmark extends PeerBenchmark {
  /** Rows of each call. */
  @Param({"1", "64"})
  public String aRows;

  @Param({"lanewise", "onnxruntime", "onnxruntime-per-call"})
  public String bLibrary;

  private Questions questions;
  private PredictContender contender;
  private double gflop;
  private double gbyte;

  @Override
  public void prepare() throws IOException {
    questions = new Questions();
    int rows = Integer.parseInt(aRows);
    contender = PredictContender.named(bLibrary, questions, rows);
    gflop = Questions.ROWS * questions.gflop();
    gbyte = Questions.ROWS * questions.gbyte(rows);
  }

  @Override
  public void release() {
    contender.close();
  }

  @Benchmark
  @OperationsPerInvocation(Questions.ROWS)
  public void predict(Work work) {
    work.add(gflop, gbyte);
    contender.run();
  }

  @Override
  public Object output(Object returned) {
    return contender.output();
  }

  @Override
  public void check(String method, Object output) {
    questions.check(bLibrary, (float[]) output);
  }
}
