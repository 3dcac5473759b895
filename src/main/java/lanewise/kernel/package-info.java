/**
 * The arithmetic of a training step on flat arrays, twice: a scalar oracle and a SIMD engine with
 * the same bits.
 *
 * <p><b>The rule that keeps the bits.</b> Every output element is one chain of fused multiply-adds
 * that starts at +0 and runs in ascending order of the summed index. An engine may compute outputs
 * in any order, side by side in lanes, tiles or threads, and may store a chain's intermediate sum
 * and resume it; it must never split, reorder or reassociate a chain. Anything else (the
 * exponential, the hyperbolic tangent, the sum of a softmax) is one fixed sequence of operations
 * that both engines follow.
 *
 * <p><b>Reading order.</b>
 *
 * <ol>
 *   <li>{@link lanewise.kernel.Kernels} is the entry: conventions, engine choice, argument checks
 *       ({@code Shapes}) and the row-wise operations; it inherits the losses from {@code
 *       LossKernels} and a layer's products from {@code LayerKernels}.
 *   <li>{@code ScalarKernels} is the oracle: textbook loops, with {@code Fma}, {@code Exp} and
 *       {@code Tanh}.
 *   <li>{@code VectorKernels} is the SIMD engine; {@code Lanes} holds its vector width, {@code
 *       VectorExp} its exponential, {@code VectorTanh} its hyperbolic tangent, {@code Operands} its
 *       working memory.
 *   <li>{@code Gemm} is the one loop nest of the dense products, with {@code Panels} (packing),
 *       {@code Transpose} and {@code Epilogue} (bias and ReLU, its mask, or the step).
 *   <li>{@link lanewise.kernel.Step} says what a step does to a weight with its gradient; {@code
 *       VectorStep} does it by vectors.
 *   <li>Skipping zeros: {@link lanewise.kernel.NonZeros} lists those of a batch of {@link
 *       lanewise.kernel.GreyRows}; {@code SparseProducts} multiplies.
 *   <li>{@code Tile} holds the register tiles, which do nearly all the work.
 * </ol>
 *
 * <p><b>What this package must not know:</b> networks, training, threads and files. It depends on
 * the JDK alone, allocates nothing once warm, and holds no state but working memory per thread. It
 * is not exported from the module; {@code Kernels}, the steps, the lists and {@link
 * lanewise.kernel.AlignedFloats} are public for {@code lanewise.nn} and for benchmarks.
 */
package lanewise.kernel;
