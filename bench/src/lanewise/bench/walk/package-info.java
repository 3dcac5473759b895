/** From the textbook loop to the engine's register tile: see "How fast can Java go?". */
package lanewise.bench.walk;
