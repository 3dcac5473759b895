/**
 * Pictures of one character, decoded from PNG, JPEG or BMP and brought into MNIST's form.
 *
 * <p>Decoding uses {@code javax.imageio}, so it needs the module {@code java.desktop}; it makes no
 * use of a display. Errors in a file are reported as {@link lanewise.data.DataException}. This
 * package knows neither networks nor the command line.
 */
package lanewise.image;
