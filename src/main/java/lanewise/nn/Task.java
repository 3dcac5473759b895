package lanewise.nn;

/** What a network is for: its output and its loss. */
public enum Task {
  /** Softmax and cross-entropy: the outputs are the probabilities of classes. */
  CLASSIFY,

  /** The last layer's sums as they are, and the squared error: the outputs are numbers. */
  REGRESS
}
