/**
 * Reports of scenario results: a table for the terminal, and a page for the browser.
 *
 * <p>Depends on {@code dev.turnstone.scenario}.
 */
@NullMarked
package dev.turnstone.report;

import org.jspecify.annotations.NullMarked;
