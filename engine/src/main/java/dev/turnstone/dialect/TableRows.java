package dev.turnstone.dialect;

/**
 * The row count and the digest of a table. Two tables with equal values contain the same rows in any order.
 *
 * @param count the number of rows
 * @param digest a hash over all rows that does not depend on their order
 */
public record TableRows(long count, String digest) {}
