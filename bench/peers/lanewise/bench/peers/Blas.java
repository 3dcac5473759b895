package lanewise.bench.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/**
 * The two BLAS libraries of bytedeco, on one thread.
 *
 * <p>JavaCPP unpacks and loads them; they are called by the JDK's own foreign functions, which take
 * a few nanoseconds per call; JavaCPP's pointer objects take 0.1 microseconds, much compared with
 * the smallest product. Each symbol also comes from the right library, although both have a {@code
 * cblas_sgemm}.
 */
@SuppressWarnings("restricted") // This class exists to call native code.
final class Blas {
  static final int ROW_MAJOR = 101;
  static final int NO_TRANS = 111;
  static final int TRANS = 112;

  /**
   * One library. Its handles are static finals, as the JIT inlines only calls through constant
   * handles.
   */
  static final class OpenBlas {
    private static final SymbolLookup SYMBOLS =
        symbols(org.bytedeco.openblas.global.openblas_nolapack.class, "libopenblas_nolapack.so.0");
    static final MethodHandle SGEMM = sgemm(SYMBOLS);

    static {
      setThreads(SYMBOLS, "openblas_set_num_threads");
    }

    private OpenBlas() {}

    /** The version and the kernels that it chose for this CPU. */
    static String version() {
      return text(SYMBOLS, "openblas_get_config");
    }
  }

  /** Intel's MKL on one thread. */
  static final class Mkl {
    private static final SymbolLookup SYMBOLS =
        symbols(org.bytedeco.mkl.global.mkl_rt.class, "libmkl_rt.so.3");
    static final MethodHandle SGEMM = sgemm(SYMBOLS);

    static {
      setThreads(SYMBOLS, "MKL_Set_Num_Threads");
    }

    private Mkl() {}

    /** The version; it does not name the kernels that it chose. */
    static String version() {
      MethodHandle get =
          handle(SYMBOLS, "MKL_Get_Version_String", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
      try (Arena arena = Arena.ofConfined()) {
        int length = 256;
        MemorySegment buffer = arena.allocate(length + 1);
        get.invokeExact(buffer, length);
        return buffer.getString(0).strip();
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Blas() {}

  private static SymbolLookup symbols(Class<?> library, String file) {
    Path unpacked = Path.of(Loader.load(library)).resolveSibling(file);
    return SymbolLookup.libraryLookup(unpacked, Arena.global());
  }

  private static MethodHandle handle(
      SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(symbols.find(name).orElseThrow(), descriptor);
  }

  private static MethodHandle sgemm(SymbolLookup symbols) {
    MemoryLayout[] arguments = {
      JAVA_INT,
      JAVA_INT,
      JAVA_INT, // order, transpose a, transpose b
      JAVA_INT,
      JAVA_INT,
      JAVA_INT, // m, n, k
      JAVA_FLOAT,
      ADDRESS,
      JAVA_INT, // alpha, a, lda
      ADDRESS,
      JAVA_INT, // b, ldb
      JAVA_FLOAT,
      ADDRESS,
      JAVA_INT // beta, c, ldc
    };
    return handle(symbols, "cblas_sgemm", FunctionDescriptor.ofVoid(arguments));
  }

  private static void setThreads(SymbolLookup symbols, String name) {
    try {
      handle(symbols, name, FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(1);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(SymbolLookup symbols, String name) {
    try {
      MethodHandle get = handle(symbols, name, FunctionDescriptor.of(ADDRESS));
      return ((MemorySegment) get.invokeExact()).reinterpret(256).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
