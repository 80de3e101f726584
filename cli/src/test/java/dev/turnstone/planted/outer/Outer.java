package dev.turnstone.planted.outer;

import dev.turnstone.planted.inner.Inner;

/** Makes a cycle with what it uses. */
public record Outer(Inner inner) {}
