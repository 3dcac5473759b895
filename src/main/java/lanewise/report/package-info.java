/** What a training run leaves behind: its history, its summary, how it compares. */
package lanewise.report;
