/** The measurements of a comparison: as a file, as tables, and compared with an older file. */
package lanewise.bench.results;
