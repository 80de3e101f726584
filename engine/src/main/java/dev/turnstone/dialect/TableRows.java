package dev.turnstone.dialect;

/**
 * What a table holds, in short: two tables with equal values hold the same rows, in whatever order.
 *
 * @param count how many rows
 * @param digest a hash over all rows that does not depend on their order
 */
public record TableRows(long count, String digest) {}
