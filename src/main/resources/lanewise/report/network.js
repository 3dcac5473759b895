"use strict";

/*
 * The trained network. Parameters are w0, b0, w1, b1, ... as little-endian float32, weights
 * (in, out) row by row. Sums are float64 here and float32 in the engine, so probabilities agree to
 * about 1e-6, but not in every bit.
 */
const Network = (() => {
  function floats(base64) {
    const bytes = Dom.bytes(base64);
    const view = new DataView(bytes.buffer);
    return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  }

  function softmax(logits) {
    const largest = Math.max(...logits);
    const powers = logits.map((z) => Math.exp(z - largest));
    const total = powers.reduce((a, b) => a + b, 0);
    return powers.map((p) => p / total);
  }

  /** Returns a function from an input (sizes[0] values, grey / 255) to the probabilities of the classes. */
  function of(sizes, base64) {
    const parameters = floats(base64);
    return (input) => {
      let x = Float64Array.from(input);
      let offset = 0;
      for (let layer = 1; layer < sizes.length; layer++) {
        const n = sizes[layer];
        const bias = offset + x.length * n;
        const out = parameters.slice(bias, bias + n);
        for (let k = 0; k < x.length; k++) {
          if (x[k] !== 0) {
            for (let j = 0; j < n; j++) {
              out[j] += x[k] * parameters[offset + k * n + j];
            }
          }
        }
        const hidden = layer < sizes.length - 1;
        x = hidden ? out.map((z) => Math.max(0, z)) : out;
        offset = bias + n;
      }
      return softmax(x);
    };
  }

  return { of };
})();
