package lanewise.bench.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which benchmarks a comparison runs, in order. */
final class Plan {
  private static final List<String> LAYERS = List.of("64x784x256", "64x256x128", "64x128x10");
  private static final List<String> PRODUCTS = List.of("forward", "backward", "update");
  private static final List<String> LARGE =
      List.of(
          "60000x784x256",
          "64x64x64",
          "128x128x128",
          "256x256x256",
          "512x512x512",
          "1024x1024x1024",
          "2048x2048x2048");

  /** GFLOP/s of the scalar engine, for estimates. */
  private static final double SCALAR = 4;

  private final boolean whole;
  private final int lanes;
  private final int cores;
  private final List<Item> items = new ArrayList<>();

  private Plan(boolean whole, int lanes, int cores) {
    this.whole = whole;
    this.lanes = lanes;
    this.cores = cores;
  }

  /**
   * @param whole everything, or only the main items
   * @param lanes the CPU's own vector width; narrower ones are measured too
   * @param cores of this machine: training is measured with 1, 2, 4, ... and all of them
   */
  static List<Item> items(boolean whole, int lanes, int cores) {
    Plan plan = new Plan(whole, lanes, cores);
    plan.roofs();
    plan.products();
    plan.rowKernels();
    plan.sparse();
    plan.training();
    plan.around();
    plan.walk();
    return plan.items;
  }

  private void roofs() {
    for (int width : widths()) {
      add("fma peak", "FmaPeakBenchmark.peak", Map.of(), width, 0);
    }
    for (String size : whole ? List.of("16K", "512K", "8M", "256M") : List.of("16K", "256M")) {
      add("bandwidth", "BandwidthBenchmark.multiplyAdd", Map.of("size", size), 0, 0);
    }
  }

  private void products() {
    for (String shape : LAYERS) {
      for (String product : PRODUCTS) {
        gemm("GemmBenchmark.gemm", shape, product);
      }
    }
    for (String shape : whole ? LARGE : List.of("60000x784x256", "256x256x256")) {
      gemm("LargeGemmBenchmark.forward", shape, null);
    }
  }

  private void gemm(String method, String shape, String product) {
    Map<String, String> params =
        product == null ? Map.of("shape", shape) : Map.of("shape", shape, "product", product);
    boolean first = shape.equals(LAYERS.get(0));
    for (int width : whole || "forward".equals(product) && first ? widths() : List.of(0)) {
      add("gemm", method, with(params, "engine", "simd"), width, 0);
    }
    if (whole || first) {
      double gflop = 2e-9;
      for (String size : shape.split("x")) {
        gflop *= Integer.parseInt(size);
      }
      add("gemm", method, with(params, "engine", "scalar"), 0, gflop / SCALAR);
    }
  }

  private void rowKernels() {
    for (String method : List.of("softmaxDelta", "crossEntropy", "argMax", "updateBias")) {
      for (String engine : whole ? List.of("simd", "scalar") : List.of("simd")) {
        add(method, "RowKernelsBenchmark." + method, Map.of("engine", engine), 0, 0);
      }
    }
    for (String exp : List.of("simd", "scalar", "Math.exp", "VectorOperators.EXP")) {
      if (whole || !exp.equals("scalar")) {
        add("exp", "ExpBenchmark.exp", Map.of("implementation", exp), 0, 0);
      }
    }
    for (String form : List.of("fused", "two passes", "pass alone", "scalar pass alone")) {
      if (whole || form.equals("fused")) {
        add("relu", "ReluBenchmark.relu", Map.of("form", form), 0, 0);
        add("weight update", "WeightUpdateBenchmark.update", Map.of("form", form), 0, 0);
      }
    }
  }

  private void sparse() {
    List<String> densities =
        whole
            ? List.of("digits", "0", "1", "2", "5", "10", "20", "30", "40", "50", "75", "100")
            : List.of("digits");
    for (String density : densities) {
      for (String product : List.of("forward", "update")) {
        for (String path : List.of("sparse", "dense")) {
          Map<String, String> params =
              Map.of("density", density, "product", product, "path", path, "engine", "simd");
          add("input layer", "SparseBenchmark.product", params, 0, 0);
        }
      }
    }
  }

  private void training() {
    for (int threads : threads(cores)) {
      for (String what : List.of("step", "epoch")) {
        for (String engine : whole ? List.of("simd", "scalar") : List.of("simd")) {
          double seconds = engine.equals("simd") ? 0.4 : (what.equals("step") ? 6 : 30) / threads;
          Map<String, String> params = Map.of("engine", engine, "threads", "" + threads);
          add(what, "StepBenchmark." + what, params, 0, seconds);
        }
      }
    }
  }

  /** Returns 1, 2, 4 and so on, and the number of cores. */
  static List<Integer> threads(int cores) {
    List<Integer> threads = new ArrayList<>();
    for (int count = 1; count < cores; count *= 2) {
      threads.add(count);
    }
    threads.add(cores);
    return threads;
  }

  private void around() {
    for (String method : List.of("one", "batch")) {
      add("predict " + method, "PredictBenchmark." + method, Map.of("engine", "simd"), 0, 0);
    }
    for (String form :
        whole ? List.of("idx.gz", "idx", "csv.gz", "csv") : List.of("idx.gz", "csv")) {
      add("loading", "LoadingBenchmark.rows", Map.of("form", form), 0, 0);
    }
    for (String command : List.of("version", "train")) {
      add("start-up", "StartUpBenchmark.process", Map.of("command", command), 0, 0.5);
    }
  }

  private void walk() {
    for (String step :
        List.of(
            "1 textbook",
            "2 rows of w",
            "3 along the sum",
            "4 across outputs",
            "5 sum in a register",
            "6 four chains",
            "7 sums in an array",
            "8 tile 4x4",
            "9 tile 14x2",
            "engine")) {
      add("walk", "walk.WalkBenchmark.forward", Map.of("step", step), 0, 0);
    }
  }

  /** The vector widths; 0 is the CPU's preferred. */
  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>(List.of(0));
    for (int width = lanes / 2; width >= 4; width /= 2) {
      widths.add(width);
    }
    return widths;
  }

  private static Map<String, String> with(Map<String, String> params, String name, String value) {
    Map<String, String> more = new HashMap<>(params);
    more.put(name, value);
    return more;
  }

  private void add(
      String name, String method, Map<String, String> params, int width, double seconds) {
    items.add(new Item(name, method, params, width, seconds));
  }
}
