/**
 * Files and bytes, independent of any file format: atomic writes, SHA-256, little-endian floats,
 * messages about files.
 *
 * <p>This package must not know file formats, networks or the command line; it needs only {@code
 * java.base}.
 */
package lanewise.io;
