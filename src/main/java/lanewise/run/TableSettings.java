package lanewise.run;

import lanewise.data.TableOptions;
import lanewise.table.Scale;

/**
 * How a run reads and scales its table.
 *
 * @param options of reading
 * @param scale of the columns of numbers
 */
public record TableSettings(TableOptions options, Scale scale) {}
