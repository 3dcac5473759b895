package lanewise.nn;

import lanewise.kernel.Transfer;

/** The activation function of hidden layers. */
public enum Activation {
  /** {@code max(z, 0)}. */
  RELU(Transfer.RELU),

  /** The hyperbolic tangent. */
  TANH(Transfer.TANH);

  private final Transfer transfer;

  Activation(Transfer transfer) {
    this.transfer = transfer;
  }

  /** How kernels compute it. */
  Transfer transfer() {
    return transfer;
  }
}
