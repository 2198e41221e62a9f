/** What was measured becomes ratios with medians over rounds, a table, a bar chart and a file for machines. */
package loginstream.bench.report;
