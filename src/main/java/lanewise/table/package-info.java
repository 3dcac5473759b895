/**
 * Tables of numbers and text, and how a network's inputs and outputs are made of them.
 *
 * <p>{@link lanewise.data.DataSource#table} reads a {@link lanewise.table.Table}; an {@link
 * lanewise.table.Encoding}, fitted to the training rows, turns tables into {@link
 * lanewise.nn.Samples} and is part of a saved model.
 */
package lanewise.table;
