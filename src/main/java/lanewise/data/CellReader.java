package lanewise.data;

import lanewise.table.Table;

/** Reads a column's cells one by one. */
interface CellReader {
  /**
   * Adds the next row's cell.
   *
   * @param line for messages
   * @param cell without space around it
   * @throws DataException if the column cannot have it
   */
  void add(int line, String cell) throws DataException;

  /** Returns all cells, when there are no more. */
  Table.Cells cells() throws DataException;
}
