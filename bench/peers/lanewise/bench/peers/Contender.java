package lanewise.bench.peers;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static lanewise.bench.peers.Blas.NO_TRANS;
import static lanewise.bench.peers.Blas.ROW_MAJOR;
import static lanewise.bench.peers.Blas.TRANS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import lanewise.bench.Engines;
import lanewise.bench.Layer;
import lanewise.bench.Product;
import lanewise.kernel.Kernels;

/** Computes a layer's products: Lanewise or another library. */
interface Contender {
  /** Computes one product of its layer. */
  void run(Product product);

  /** The output of the product, on the heap. */
  float[] output(Product product);

  /** The names for {@link #named}, Lanewise first. */
  List<String> LIBRARIES = List.of("lanewise", "openblas", "mkl", "vectorblas", "ejml");

  /**
   * @param library one of {@link #LIBRARIES}
   */
  static Contender named(String library, Layer layer) {
    return switch (library) {
      case "lanewise" -> new Ours(layer);
      case "openblas" -> new OpenBlas(layer);
      case "mkl" -> new Mkl(layer);
      case "vectorblas" -> new VectorBlas(layer);
      case "ejml" -> new Ejml(layer);
      default -> throw new IllegalArgumentException("no such library: " + library);
    };
  }

  /** The SIMD engine on plain heap arrays, with bias, ReLU and mask. */
  final class Ours implements Contender {
    private final Kernels kernels = Engines.named("simd");
    private final Layer layer;

    Ours(Layer layer) {
      this.layer = layer;
    }

    @Override
    public void run(Product product) {
      layer.run(kernels, product);
    }

    @Override
    public float[] output(Product product) {
      return layer.output(product);
    }
  }

  /** A library on native memory with 64-byte alignment: plain products, no bias, ReLU or mask. */
  abstract class Peer implements Contender {
    final int m;
    final int k;
    final int n;
    final MemorySegment x;
    final MemorySegment w;
    final MemorySegment dz;
    final MemorySegment y;
    final MemorySegment dx;

    /** Copies the layer. */
    Peer(Layer layer) {
      m = layer.m;
      k = layer.k;
      n = layer.n;
      Arena arena = Arena.ofAuto();
      x = copy(arena, layer.x);
      w = copy(arena, layer.w);
      dz = copy(arena, layer.dz);
      y = copy(arena, layer.y);
      dx = copy(arena, layer.dx);
    }

    private static MemorySegment copy(Arena arena, float[] values) {
      MemorySegment segment = arena.allocate(4L * values.length, 64);
      MemorySegment.copy(values, 0, segment, JAVA_FLOAT, 0, values.length);
      return segment;
    }

    @Override
    public final float[] output(Product product) {
      MemorySegment segment =
          switch (product) {
            case FORWARD -> y;
            case BACKWARD -> dx;
            case UPDATE -> w;
          };
      return segment.toArray(JAVA_FLOAT);
    }
  }

  /** Handles must be constants to be inlined, hence one class per library. */
  final class OpenBlas extends Peer {
    private static final MethodHandle SGEMM = Blas.OpenBlas.SGEMM;

    OpenBlas(Layer layer) {
      super(layer);
    }

    @Override
    public void run(Product product) {
      try {
        switch (product) {
          case FORWARD ->
              SGEMM.invokeExact(ROW_MAJOR, NO_TRANS, NO_TRANS, m, n, k, 1f, x, k, w, n, 0f, y, n);
          case BACKWARD ->
              SGEMM.invokeExact(ROW_MAJOR, NO_TRANS, TRANS, m, k, n, 1f, dz, n, w, n, 0f, dx, k);
          case UPDATE ->
              SGEMM.invokeExact(
                  ROW_MAJOR, TRANS, NO_TRANS, k, n, m, -Layer.RATE, x, k, dz, n, 1f, w, n);
        }
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The same calls into MKL. */
  final class Mkl extends Peer {
    private static final MethodHandle SGEMM = Blas.Mkl.SGEMM;

    Mkl(Layer layer) {
      super(layer);
    }

    @Override
    public void run(Product product) {
      try {
        switch (product) {
          case FORWARD ->
              SGEMM.invokeExact(ROW_MAJOR, NO_TRANS, NO_TRANS, m, n, k, 1f, x, k, w, n, 0f, y, n);
          case BACKWARD ->
              SGEMM.invokeExact(ROW_MAJOR, NO_TRANS, TRANS, m, k, n, 1f, dz, n, w, n, 0f, dx, k);
          case UPDATE ->
              SGEMM.invokeExact(
                  ROW_MAJOR, TRANS, NO_TRANS, k, n, m, -Layer.RATE, x, k, dz, n, 1f, w, n);
        }
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
