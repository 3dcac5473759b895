package lanewise.data;

import lanewise.nn.Samples;

/**
 * A training set, a test set of the same width, and where they came from.
 *
 * @param train at least one row
 * @param test at least one row; no label beyond the training set's classes
 * @param source where the rows came from, for people: a directory, two files, "built-in digits"
 * @param sha256 lower-case hex SHA-256 over the training rows' pixels, then their labels as one
 *     byte each, then the same of the test rows; the same for every form (IDX, CSV) of the same
 *     data
 */
public record Dataset(Samples train, Samples test, String source, String sha256) {}
