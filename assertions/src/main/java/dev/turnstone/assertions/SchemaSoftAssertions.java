package dev.turnstone.assertions;

import org.assertj.core.api.AbstractSoftAssertions;

/**
 * Assertions about schemas whose failures are reported together by {@link #assertAll()}.
 *
 * <pre>{@code
 * SchemaSoftAssertions softly = new SchemaSoftAssertions();
 * softly.assertThat(snapshot).table("jobs").column("status").isNotNull().hasDefault("'queued'");
 * softly.assertAll();
 * }</pre>
 *
 * <p>For one thread.
 */
public class SchemaSoftAssertions extends AbstractSoftAssertions implements SchemaSoftAssertionsProvider {}
