package dev.turnstone.assertions;

import org.assertj.core.api.AbstractSoftAssertions;

/**
 * Assertions about schemas that collect failures, which are reported together by {@link #assertAll()}.
 *
 * <pre>{@code
 * SchemaSoftAssertions softly = new SchemaSoftAssertions();
 * softly.assertThat(snapshot).table("jobs").column("status").isNotNull().hasDefault("'queued'");
 * softly.assertAll();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public class SchemaSoftAssertions extends AbstractSoftAssertions implements SchemaSoftAssertionsProvider {}
