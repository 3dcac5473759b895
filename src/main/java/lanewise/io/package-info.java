/**
 * Bytes and files, the same for every format: writing a file as a whole or not at all, checksums,
 * little-endian floats. Knows no format, no network and no option of the command line.
 */
package lanewise.io;
