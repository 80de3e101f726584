/** Benchmarks of Turnstone against the bare statements, the databases' own tools and SchemaCrawler. */
@NullMarked
package dev.turnstone.benchmarks;

import org.jspecify.annotations.NullMarked;
