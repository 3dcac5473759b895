package lanewise.bench.compare;

/** What is measured, and for how long. */
enum Profile {
  /** Every item of the quick profile once, untimed, to see that it works. */
  SMOKE(false, 1, 0, 10, 1, 10, 0, 0),

  /** The main items of this project, in three minutes. */
  QUICK(false, 1, 2, 300, 2, 150, 0, 0),

  /** All items and all peers in about twenty minutes, one JVM each. */
  STANDARD(true, 1, 3, 500, 3, 400, 7, 3),

  /** For published results: three JVMs per item, spread over the whole time. */
  FULL(true, 3, 4, 1000, 5, 1000, 10, 3);

  /** Whether to measure all items and the peers. */
  final boolean whole;

  /** Number of rounds over everything, each in new JVMs. */
  final int forks;

  final int warmUps;
  final int warmUpMillis;
  final int iterations;
  final int iterationMillis;

  /** Rounds per fork in which all libraries take turns at a product or at predictions. */
  final int peerRounds;

  /** Rounds per fork in which all rivals take turns at an epoch. */
  final int epochRounds;

  Profile(
      boolean whole,
      int forks,
      int warmUps,
      int warmUpMillis,
      int iterations,
      int iterationMillis,
      int peerRounds,
      int epochRounds) {
    this.whole = whole;
    this.forks = forks;
    this.warmUps = warmUps;
    this.warmUpMillis = warmUpMillis;
    this.iterations = iterations;
    this.iterationMillis = iterationMillis;
    this.peerRounds = peerRounds;
    this.epochRounds = epochRounds;
  }
}
