#!/usr/bin/env python3
"""Tables for lanewise train --label, and what scikit-learn makes of them.

  table_peers.py export DIRECTORY     writes NAME-SPLIT-train.csv and NAME-SPLIT-test.csv of the
                                      five data sets in scikit-learn's package, five splits each
  table_peers.py score DIRECTORY      fits multilayer perceptrons to each of them, with four seeds;
                                      prints NAME,SPLIT,SCORE,SECONDS: the mean accuracy, or R2 of
                                      diabetes, and the seconds of one
  table_peers.py synthesize FILE ROWS COLUMNS
                                      writes a table of random numbers, with a class to learn
  table_peers.py large FILE EPOCHS    reads such a table and fits it; prints seconds to read, an
                                      epoch's seconds, the accuracy and the largest memory

The perceptron has one hidden layer of 64 ReLUs; 200 epochs of Adam in batches of 32 with a constant
rate of 0.001, on standardised columns (and a standardised target), float64 as usual there.
Needs scikit-learn (Debian: python3-sklearn).
"""
import csv
import pathlib
import resource
import sys
import time
import warnings

HIDDEN = 64
EPOCHS = 200
BATCH = 32
SPLITS = 5
SEEDS = 4
TEST_SHARE = 0.25
REGRESSION = "diabetes"


def data_sets():
    """Yields name, column names, rows, labels; the labels of classes are spelled out."""
    from sklearn import datasets

    for name in ("iris", "wine", "breast_cancer", "digits", "diabetes"):
        data = getattr(datasets, f"load_{name}")()
        columns = [column.replace(" ", "_") for column in data.feature_names]
        labels = data.target
        if name != REGRESSION:
            labels = [str(data.target_names[label]) for label in labels]
        yield name, columns, data.data, labels


def export(directory):
    from sklearn.model_selection import train_test_split

    for name, columns, rows, labels in data_sets():
        for split in range(SPLITS):
            parts = train_test_split(
                rows,
                labels,
                test_size=TEST_SHARE,
                random_state=split,
                stratify=None if name == REGRESSION else labels,
            )
            for part, (x, y) in {"train": parts[0::2], "test": parts[1::2]}.items():
                path = directory / f"{name}-{split}-{part}.csv"
                with open(path, "w", newline="") as file:
                    out = csv.writer(file)
                    out.writerow(columns + ["label"])
                    out.writerows([*map(repr, map(float, row)), label] for row, label in zip(x, y))


def read(path):
    """Numbers (rows,columns), and the labels as they are written."""
    import numpy as np

    with open(path, newline="") as file:
        lines = list(csv.reader(file))[1:]
    return np.array([line[:-1] for line in lines], np.float64), [line[-1] for line in lines]


def score(directory):
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    warnings.filterwarnings("ignore")
    def one(name, split, seed):
        x, y = read(directory / f"{name}-{split}-train.csv")
        usual = dict(
            hidden_layer_sizes=(HIDDEN,),
            batch_size=BATCH,
            max_iter=EPOCHS,
            n_iter_no_change=EPOCHS,
            random_state=seed,
        )
        if name == REGRESSION:
            net = TransformedTargetRegressor(MLPRegressor(**usual), transformer=StandardScaler())
        else:
            net = MLPClassifier(**usual)
        number = float if name == REGRESSION else str
        model = make_pipeline(StandardScaler(), net).fit(x, list(map(number, y)))
        x, y = read(directory / f"{name}-{split}-test.csv")
        return model.score(x, list(map(number, y)))

    for path in sorted(directory.glob("*-train.csv")):
        name, split, _ = path.name.rsplit("-", 2)
        start = time.perf_counter()
        mean = sum(one(name, split, seed) for seed in range(SEEDS)) / SEEDS
        seconds = (time.perf_counter() - start) / SEEDS
        print(f"{name},{split},{mean:.6f},{seconds:.3f}", flush=True)


def synthesize(path, rows, columns):
    """The class says in which fourth of its values a random combination of the columns lies."""
    import numpy as np

    random = np.random.default_rng(1)
    weights = random.standard_normal((columns, 2))
    with open(path, "w") as file:
        file.write(",".join([f"x{i}" for i in range(columns)] + ["label"]) + "\n")
        for start in range(0, rows, 10_000):
            x = random.standard_normal((min(10_000, rows - start), columns)).round(4)
            z = (x @ weights / columns**0.5).prod(axis=1)
            label = np.digitize(z, (-0.5, 0, 0.5))
            for row, name in zip(x, label):
                file.write(",".join(map(str, row.tolist())) + f",class{name}\n")


def large(path, epochs):
    import numpy as np
    from sklearn.neural_network import MLPClassifier
    from sklearn.preprocessing import StandardScaler

    warnings.filterwarnings("ignore")
    start = time.perf_counter()
    with open(path) as file:
        columns = file.readline().count(",")
    x = np.loadtxt(path, np.float32, delimiter=",", skiprows=1, usecols=range(columns))
    y = np.loadtxt(path, str, delimiter=",", skiprows=1, usecols=columns)
    read_seconds = time.perf_counter() - start
    test = len(y) // 10
    scaler = StandardScaler().fit(x[:-test])
    train, held = scaler.transform(x[:-test]), scaler.transform(x[-test:])
    net = MLPClassifier((256, 128), batch_size=256, max_iter=epochs, n_iter_no_change=epochs)
    start = time.perf_counter()
    net.fit(train, y[:-test])
    fit = (time.perf_counter() - start) / epochs
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"read {read_seconds:.1f} s, epoch {fit:.2f} s, accuracy {net.score(held, y[-test:]):.4f},"
          f" {memory:.0f} MiB")


def main(arguments):
    match arguments:
        case ["export", directory]:
            export(pathlib.Path(directory))
        case ["score", directory]:
            score(pathlib.Path(directory))
        case ["synthesize", file, rows, columns]:
            synthesize(pathlib.Path(file), int(rows), int(columns))
        case ["large", file, epochs]:
            large(pathlib.Path(file), int(epochs))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
