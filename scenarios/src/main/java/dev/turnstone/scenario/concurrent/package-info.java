/** The scenario {@code concurrent-start}: several processes that migrate one database at the same time. */
@NullMarked
package dev.turnstone.scenario.concurrent;

import org.jspecify.annotations.NullMarked;
