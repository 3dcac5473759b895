/**
 * Draws the built-in digits: pen strokes, a hand's variation, ink on 28 x 28 pixels. Every row
 * depends on its seed and number alone. Knows no file and no network.
 */
package lanewise.data.digits;
