"use strict";

/*
 * Before the chart library: its version 1.6.30, the newest that Maven Central has, can be led by a
 * hostile "__proto__" in chart options to write into what all objects inherit (GHSA-34q8-jcq6-mc37).
 * Our options come from our own scripts alone; frozen, there is nothing to write into at all.
 */
Object.freeze(Object.prototype);
Object.freeze(Array.prototype);
