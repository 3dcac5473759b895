"use strict";

/* What is measured besides the loss: the accuracy of classes, or R2 of a regression. */
const Score = (() => {
  const ACCURACY = {
    name: "accuracy",
    of: (evaluation) => evaluation.accuracy,
    text: (v) => Format.percent(v),
    tick: (v) => `${+(100 * v).toFixed(4)} %`,
    unit: "sum in nats",
  };
  const R2 = {
    name: "R²",
    of: (evaluation) => evaluation.r2,
    text: (v) => v.toFixed(4),
    tick: (v) => String(+v.toFixed(4)),
    unit: "sum of squared errors, scaled",
  };

  const isRegression = (summary) => summary.test.r2 !== undefined;
  const of = (summary) => (isRegression(summary) ? R2 : ACCURACY);
  return { of, isRegression };
})();
