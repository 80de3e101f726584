package dev.turnstone.planted.inner;

import dev.turnstone.planted.outer.Outer;
import java.sql.Connection;

/** Knows what it must not. */
public record Inner(Outer outer, Connection connection) {}
