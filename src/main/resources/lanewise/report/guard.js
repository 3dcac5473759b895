"use strict";

/*
 * Runs before the chart library: a hostile "__proto__" in chart options makes its version 1.6.30, the
 * newest one that Maven offers, pollute the prototypes of all objects (GHSA-34q8-jcq6-mc37). Options
 * come only from our own scripts; frozen prototypes rule it out altogether.
 */
Object.freeze(Object.prototype);
Object.freeze(Array.prototype);
