/** What a comparison measured: as a file, as tables, and against an older file. */
package lanewise.bench.results;
