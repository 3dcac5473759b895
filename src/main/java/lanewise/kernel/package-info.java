/**
 * The arithmetic of a training step on flat arrays, twice: a scalar oracle and a SIMD engine with
 * the same bits.
 *
 * <p><b>The rule that keeps the bits.</b> Every output element is one chain of fused multiply-adds
 * that starts at +0 and runs in ascending order of the summed index. An engine may compute outputs
 * in any order, side by side in lanes, tiles or threads, and may store a chain's intermediate sum
 * and resume it; it must never split, reorder or reassociate a chain. Anything else (the
 * exponential, the sum of a softmax) is one fixed sequence of operations that both engines follow.
 *
 * <p><b>Reading order.</b>
 *
 * <ol>
 *   <li>{@link lanewise.kernel.Kernels} is the entry: conventions, engine choice, argument checks
 *       ({@code Shapes}) and the row-wise operations; it inherits a layer's products from {@code
 *       LayerKernels}.
 *   <li>{@code ScalarKernels} is the oracle: textbook loops, with {@code Fma} and {@code Exp}.
 *   <li>{@code VectorKernels} is the SIMD engine; {@code Lanes} holds its vector width, {@code
 *       VectorExp} its exponential, {@code Scratch} its working memory.
 *   <li>GEMM loop nests: {@code Gemm} (forward and backward), {@code GemmUpdate} (gradient and
 *       step), {@code TransposedGemm} (backward for few rows) and {@code NarrowGemm} (few outputs),
 *       with {@code Blocking} (cache blocks), {@code Panels} (packing), {@code Transpose} and
 *       {@code Epilogue} (bias, ReLU and its mask).
 *   <li>Micro-kernels, the register tiles that do nearly all the work: {@code Tile}, {@code
 *       StepTile}, {@code EdgeTile} (remainder rows) and {@code NarrowTile}.
 *   <li>Skipping zeros in the input layer: {@link lanewise.kernel.SparseRows} (block CSR) and
 *       {@link lanewise.kernel.SparseColumns} (block CSC) list the non-zeros of grey bytes ({@link
 *       lanewise.kernel.Grey}), {@code Clustering} finds rows or columns to list together, {@code
 *       SparseProducts} and {@code SparseTile} multiply.
 * </ol>
 *
 * <p><b>What this package must not know:</b> networks, training, threads and files. It depends on
 * the JDK alone, allocates nothing once warm, and holds no state but working memory per thread. It
 * is not exported from the module; {@code Kernels} and the lists are public for {@code lanewise.nn}
 * and for benchmarks.
 */
package lanewise.kernel;
