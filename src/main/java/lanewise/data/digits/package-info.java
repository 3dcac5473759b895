/**
 * Draws the built-in digits: pen strokes ({@code PenStrokes}), random variation of the handwriting
 * ({@code Handwriting}, {@code ElasticWarp}), and rendering to 28 x 28 pixels ({@code InkRaster}).
 *
 * <p>A digit depends only on the seed and its index, and is the same on every machine: only exact
 * arithmetic, square roots and {@link StrictMath} are used. This package must not know files, data
 * sets or networks.
 */
package lanewise.data.digits;
