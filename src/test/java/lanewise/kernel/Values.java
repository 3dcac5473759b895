package lanewise.kernel;

import java.util.Random;

/** Ways to fill a matrix. */
enum Values {
  /** Between -1 and 1: every rounding differs, so a reordered chain shows. */
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

  /** Plain ones and about two of another kind in each matrix: more would leave only NaN. */
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
   * @param cells in the matrix that is being filled
   */
  abstract float next(Random random, int cells);
}
