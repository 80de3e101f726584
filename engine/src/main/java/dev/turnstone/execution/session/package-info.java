/** Runs the steps of an upgrade or a downgrade on one connection. */
@NullMarked
package dev.turnstone.execution.session;

import org.jspecify.annotations.NullMarked;
