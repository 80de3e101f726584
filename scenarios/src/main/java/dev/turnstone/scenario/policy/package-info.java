/** The scenario policies: rules that a project defines for its history. */
@NullMarked
package dev.turnstone.scenario.policy;

import org.jspecify.annotations.NullMarked;
