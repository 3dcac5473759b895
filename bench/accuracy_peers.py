#!/usr/bin/env python3
"""Time to accuracy on MNIST in NumPy and scikit-learn, for bench/compare; also by hand.

784-256-128-10, ReLU, softmax, Adam over shuffled batches of 64, float32.

  accuracy_peers.py numpy DIRECTORY SEED EPOCHS
                                      peak rate 0.003, linear decay after a tenth of the steps as
                                      warm-up, beta2 0.99, label smoothing 0.05, He's initial weights
  accuracy_peers.py sklearn DIRECTORY SEED EPOCHS
                                      MLPClassifier with its usual rate of 0.001

DIRECTORY holds the four IDX files of MNIST, gzipped. It prints what ran, and the accuracy on the
test rows after the last epoch. Threads are set by OPENBLAS_NUM_THREADS.
Needs NumPy (Debian: python3-numpy) or scikit-learn (python3-sklearn).
"""
import gzip
import importlib.util
import pathlib
import sys
import warnings

sys.dont_write_bytecode = True
from numpy_reference import BATCH, SIZES, Network, with_best_kernels  # noqa: E402

RATE = 0.003
BETA1, BETA2, EPSILON = 0.9, 0.99, 1e-8
WARM_UP = 0.1
SMOOTHING = 0.05


def read(directory, part):
    """Pixels (rows,784) from 0 to 1 and labels (rows) of the training or the test rows."""
    import numpy as np

    def idx(kind, header):
        with gzip.open(directory / f"{part}-{kind}-ubyte.gz") as file:
            return np.frombuffer(file.read(), np.uint8, offset=header)

    pixels = idx("images-idx3", 16).reshape(-1, SIZES[0]).astype(np.float32)
    pixels *= np.float32(1 / 255)
    return pixels, idx("labels-idx1", 8)


class Adam:
    """Adam's step of one array, in place: Kingma and Ba, 2015.

    Both means are kept without their factors 1 - beta, which saves two passes.
    """

    def __init__(self, np, array):
        self.np = np
        self.array = array
        self.mean = np.zeros_like(array)
        self.square = np.zeros_like(array)
        self.scratch = np.empty_like(array)

    def step(self, gradient, rate, t):
        np, scratch = self.np, self.scratch
        self.mean *= np.float32(BETA1)
        self.mean += gradient
        self.square *= np.float32(BETA2)
        self.square += np.multiply(gradient, gradient, out=scratch)
        factor = ((1 - BETA2) / (1 - BETA2 ** t)) ** 0.5
        np.sqrt(self.square, out=scratch)
        scratch += np.float32(EPSILON / factor)
        np.divide(self.mean, scratch, out=scratch)
        scratch *= np.float32(rate * (1 - BETA1) / (1 - BETA1 ** t) / factor)
        self.array -= scratch


def rate(step, steps):
    """Of a step, from 1: the peak after the warm-up, and nearly 0 at the end."""
    warm = round(WARM_UP * steps)
    return RATE * (step / warm if step <= warm else 1 - (step - 1 - warm) / (steps - warm))


def with_numpy(directory, seed, epochs):
    """Returns the accuracy on the test rows."""
    import numpy as np
    random = np.random.default_rng(seed)
    x, labels = read(directory, "train")
    targets = np.full((len(x), SIZES[-1]), SMOOTHING / SIZES[-1], np.float32)
    targets[np.arange(len(x)), labels] += np.float32(1 - SMOOTHING)
    layers = list(zip(SIZES, SIZES[1:]))
    w = [random.standard_normal(size, np.float32) * np.float32((2 / size[0]) ** 0.5) for size in layers]
    b = [np.zeros(size[1], np.float32) for size in layers]
    network = Network(w, b)
    optimizers = [(Adam(np, weights), Adam(np, biases)) for weights, biases in zip(w, b)]
    steps = epochs * -(-len(x) // BATCH)
    step = 0
    for _ in range(epochs):
        order = random.permutation(len(x))
        for start in range(0, len(x), BATCH):
            rows = order[start:start + BATCH]
            step += 1
            now = rate(step, steps)
            for layer, *gradients in network.gradients(x[rows], targets[rows], 1 / len(rows)):
                for optimizer, gradient in zip(optimizers[layer], gradients):
                    optimizer.step(gradient, now, step)
    x, labels = read(directory, "t10k")
    return np.mean(network.activations(x)[-1].argmax(axis=1) == labels)


def with_sklearn(directory, seed, epochs):
    """Returns the accuracy on the test rows."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier
    warnings.simplefilter("ignore", ConvergenceWarning)  # It ends at its last epoch, as it should.
    classifier = MLPClassifier(SIZES[1:-1], batch_size=BATCH, max_iter=epochs, random_state=seed)
    classifier.fit(*read(directory, "train"))
    return classifier.score(*read(directory, "t10k"))


def main():
    if len(sys.argv) != 5 or sys.argv[1] not in ("numpy", "sklearn"):
        helped = sys.argv[1:] in (["-h"], ["--help"])
        print(__doc__, file=sys.stdout if helped else sys.stderr)
        return 0 if helped else 2
    module, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    seed, epochs = int(sys.argv[3]), int(sys.argv[4])
    name = {"numpy": "NumPy", "sklearn": "scikit-learn"}[module]
    if not importlib.util.find_spec(module):
        print(f"skipped this Python has no {name} (Debian: python3-{module})")
        return 1
    sentence = with_best_kernels()
    version = importlib.import_module(module).__version__
    print(f"ready {name} {version}, float32; {sentence}", flush=True)
    accuracy = (with_numpy if module == "numpy" else with_sklearn)(directory, seed, epochs)
    print(f"Test Accuracy: {100 * accuracy:.2f}%")
    return 0


if __name__ == "__main__":
    sys.exit(main())
