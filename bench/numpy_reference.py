#!/usr/bin/env python3
"""Epochs of the reference network in NumPy, for bench/compare; also by hand.

784-256-128-10, ReLU, softmax, SGD over batches of 64 in the order of the rows, float32. A step is
W -= 0.008 / m^2 * X^T (softmax - onehot), as the rest of this project has it.

  numpy_reference.py --check          which BLAS NumPy uses, and whether its kernels suit the CPU
  numpy_reference.py DIRECTORY        answers lines on standard input with an epoch each

DIRECTORY holds pixels (rows x 784 unsigned bytes), labels (bytes) and parameters (little-endian
float32: w0, b0, w1, b1, w2, b2). Threads are set by OPENBLAS_NUM_THREADS, kernels by
OPENBLAS_CORETYPE; without the latter this script sets it if OpenBLAS would not take the CPU's best.
Needs NumPy (Debian: python3-numpy and libopenblas0-pthread).
"""
import ctypes
import os
import pathlib
import re
import sys
import time

SIZES = (784, 256, 128, 10)
BATCH = 64
LEARNING_RATE = 0.008

# Kernels of OpenBLAS by what they need of the CPU, the best first.
AVX512 = ("SapphireRapids", "Cooperlake", "SkylakeX", "Zen4", "Zen5")
AVX2 = ("Haswell", "Zen", "Excavator")


def cpu_flags():
    """The instruction sets that the system names, empty if it names none."""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return set()
    found = re.search(r"^flags\s*:(.*)$", text, re.MULTILINE)
    return set(found.group(1).split()) if found else set()


def blas():
    """(file name, kernels in use) of the OpenBLAS in this process; None for what cannot be told."""
    try:
        maps = pathlib.Path("/proc/self/maps").read_text()
    except OSError:
        return None, None
    files = sorted(set(re.findall(r"\S*(?:openblas|libblas|libcblas|mkl_rt)\S*\.so\S*", maps)))
    for file in files:
        library = ctypes.CDLL(file)
        for name in ("openblas_get_corename", "openblas_get_corename64_",
                     "scipy_openblas_get_corename", "scipy_openblas_get_corename64_"):
            function = getattr(library, name, None)
            if function:
                function.restype = ctypes.c_char_p
                return os.path.basename(file), function().decode()
    return (os.path.basename(files[0]) if files else None), None


def best_kernels(flags):
    """Kernels that use the widest vectors of such a CPU; None if any will do."""
    if "avx512f" in flags and "avx512bw" in flags:
        return AVX512
    if "avx2" in flags:
        return AVX2
    return None


def verdict(kernels, flags):
    """(whether the kernels are the CPU's best, a sentence on it)."""
    best = best_kernels(flags)
    if kernels is None:
        return False, "NumPy's BLAS is no OpenBLAS that tells its kernels: its speed may not be the best"
    if best is None or kernels.lower() in (name.lower() for name in best):
        return True, f"OpenBLAS uses its {kernels} kernels, the best for this CPU"
    return False, (f"OpenBLAS uses its {kernels} kernels although the CPU can do more:"
                   f" set OPENBLAS_CORETYPE={suggestion(flags)}")


def suggestion(flags):
    """The kernels to ask for: the newest that the CPU has all instructions of."""
    if best_kernels(flags) is AVX512:
        return "Cooperlake" if "avx512_bf16" in flags else "SkylakeX"
    return "Haswell"


def with_best_kernels():
    """Starts this script anew with the right kernels unless they are in use or were chosen."""
    import numpy as np
    np.ones((2, 2), np.float32) @ np.ones((2, 2), np.float32)
    flags = cpu_flags()
    good, sentence = verdict(blas()[1], flags)
    if not good and blas()[1] is not None and "OPENBLAS_CORETYPE" not in os.environ:
        os.environ["OPENBLAS_CORETYPE"] = suggestion(flags)
        os.execv(sys.executable, [sys.executable, *sys.argv])
    return sentence


class Network:
    """The reference network's weights."""

    def __init__(self, w, b):
        import numpy as np
        self.np = np
        self.w, self.b = w, b

    def activations(self, x):
        """The input, the hidden layers' outputs, the probabilities."""
        np = self.np
        layers = [x]
        for w, b in zip(self.w[:-1], self.b[:-1]):
            z = layers[-1] @ w
            z += b
            layers.append(np.maximum(z, 0, out=z))
        z = layers[-1] @ self.w[-1]
        z += self.b[-1]
        z -= z.max(axis=1, keepdims=True)
        np.exp(z, out=z)
        z /= z.sum(axis=1, keepdims=True)
        layers.append(z)
        return layers

    def gradients(self, x, target, scale=1):
        """(layer, gradients of its weights, of its biases) of the summed loss, the last layer first.

        The weights of a layer may change as soon as it has been returned.
        """
        np = self.np
        layers = self.activations(x)
        delta = layers.pop()
        delta -= target
        delta *= np.float32(scale)
        for layer in reversed(range(len(self.w))):
            below = layers.pop()
            gradient = below.T @ delta
            bias_gradient = delta.sum(axis=0)
            if layer:
                delta = delta @ self.w[layer].T
                delta *= below > 0
            yield layer, gradient, bias_gradient


class Learner(Network):
    """The reference network, learning its data."""

    def __init__(self, directory):
        import numpy as np
        super().__init__([], [])
        pixels = np.fromfile(directory / "pixels", np.uint8).reshape(-1, SIZES[0])
        self.x = pixels.astype(np.float32) / np.float32(255)
        self.labels = np.fromfile(directory / "labels", np.uint8).astype(np.int64)
        self.onehot = np.zeros((len(self.labels), SIZES[-1]), np.float32)
        self.onehot[np.arange(len(self.labels)), self.labels] = 1
        parameters = np.fromfile(directory / "parameters", "<f4").astype(np.float32)
        at = 0
        for inputs, outputs in zip(SIZES, SIZES[1:]):
            self.w.append(parameters[at:at + inputs * outputs].reshape(inputs, outputs).copy())
            at += inputs * outputs
            self.b.append(parameters[at:at + outputs].copy())
            at += outputs

    def learn(self):
        """One epoch."""
        np = self.np
        for start in range(0, len(self.x), BATCH):
            x = self.x[start:start + BATCH]
            step = np.float32(LEARNING_RATE / len(x) ** 2)
            gradients = self.gradients(x, self.onehot[start:start + BATCH])
            for layer, gradient, bias_gradient in gradients:
                gradient *= step
                self.w[layer] -= gradient
                self.b[layer] -= step * bias_gradient

    def evaluate(self):
        """Summed loss and accuracy over all rows."""
        np = self.np
        probabilities = self.activations(self.x)[-1]
        rows = np.arange(len(self.x))
        loss = -np.log(probabilities[rows, self.labels].astype(np.float64)).sum()
        return loss, np.mean(probabilities.argmax(axis=1) == self.labels)


def main():
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__, file=sys.stdout if len(sys.argv) == 2 else sys.stderr)
        return 0 if len(sys.argv) == 2 else 2
    if sys.argv[1] != "--check" and not pathlib.Path(sys.argv[1], "pixels").is_file():
        print(f"numpy_reference.py: no file pixels in {sys.argv[1]}", file=sys.stderr)
        return 2
    try:
        import numpy as np
    except ImportError:
        print("numpy_reference.py: this Python has no NumPy (Debian: python3-numpy)", file=sys.stderr)
        return 1
    if sys.argv[1] == "--check":
        np.ones((2, 2), np.float32) @ np.ones((2, 2), np.float32)
        file, kernels = blas()
        good, sentence = verdict(kernels, cpu_flags())
        print(f"NumPy {np.__version__}, {file}: {sentence}")
        return 0 if good else 1
    sentence = with_best_kernels()
    network = Learner(pathlib.Path(sys.argv[1]))
    print(f"ready NumPy {np.__version__}, float32; {sentence}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        network.learn()
        learnt = time.perf_counter()
        loss, accuracy = network.evaluate()
        end = time.perf_counter()
        print(f"epoch {learnt - start} {end - learnt} {loss} {accuracy}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
