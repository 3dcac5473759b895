package lanewise.kernel;

import java.util.Random;

/** Distributions of test values. */
enum Values {
  /** Between -1 and 1: almost every operation rounds, so a reordered chain shows. */
  PLAIN {
    @Override
    float next(Random random, int cells) {
      return 2 * random.nextFloat() - 1;
    }
  },

  /** Mostly zeros of both signs, subnormals and the values around them. */
  SMALL {
    @Override
    float next(Random random, int cells) {
      return switch (random.nextInt(6)) {
        case 0 -> 0f;
        case 1 -> -0f;
        case 2 -> Float.MIN_VALUE * (random.nextInt(2001) - 1000);
        case 3 -> Float.MIN_NORMAL * (4 * random.nextFloat() - 2);
        case 4 -> 1e-20f * (random.nextFloat() - 0.5f);
        default -> 2 * random.nextFloat() - 1;
      };
    }
  },

  /** Plain values with about two special ones per matrix: more would leave only NaN. */
  SPECIAL {
    private static final float[] VALUES = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      1e30f,
      -0f,
      Float.MIN_VALUE
    };

    @Override
    float next(Random random, int cells) {
      return random.nextInt(cells) < 2
          ? VALUES[random.nextInt(VALUES.length)]
          : PLAIN.next(random, cells);
    }
  };

  /**
   * @param cells number of cells of the matrix to fill
   */
  abstract float next(Random random, int cells);
}
