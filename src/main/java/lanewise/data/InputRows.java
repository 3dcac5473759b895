package lanewise.data;

/**
 * Rows that nobody has labelled, or whose labels do not matter.
 *
 * @param pixels (rows, width), row-major, unsigned
 * @param width pixels a row, at least 1
 * @param lines (rows), where each row stands in its file, from 1
 */
public record InputRows(byte[] pixels, int width, int[] lines) {}
