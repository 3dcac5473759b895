/**
 * Random numbers that depend on a seed and a row alone, never on threads or on what was drawn
 * before. No other package of the program is used here.
 */
package lanewise.random;
