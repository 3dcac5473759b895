package lanewise.data;

import lanewise.nn.Samples;

/**
 * Labelled rows and where they came from.
 *
 * @param samples at least one row
 * @param source for people: a directory, a file, "built-in digits"
 * @param sha256 lower-case hex SHA-256 of the data that they are of: a {@link Dataset}'s, or a
 *     single file's rows' pixels, then their labels as one byte each
 */
public record LabelledRows(Samples samples, String source, String sha256) {}
