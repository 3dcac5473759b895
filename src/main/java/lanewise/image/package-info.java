/**
 * Images of a single character: decodes PNG, JPEG and BMP, and normalises the character as MNIST
 * does, so that a network trained on MNIST can classify it.
 *
 * <p>{@link lanewise.image.ImageDecoder} reads a file into a {@link lanewise.image.GreyImage};
 * {@link lanewise.image.Preprocessing} turns that into 28 x 28 grey bytes. Decoding uses {@code
 * javax.imageio}, so it needs the module {@code java.desktop}, but no display. Invalid files throw
 * a {@link lanewise.data.DataException}.
 *
 * <p>This package must not know networks, models or the command line.
 */
package lanewise.image;
