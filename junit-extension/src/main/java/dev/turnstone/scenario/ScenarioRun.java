package dev.turnstone.scenario;

import java.util.List;

/** A scenario at work on one dialect. Its databases come with the first check, and go when it is closed. Not thread-safe. */
public interface ScenarioRun extends AutoCloseable {

    /** The checks, in the order in which they cost least. Asking for them touches no database. */
    List<Check> checks();

    /** Drops the run's databases. */
    @Override
    void close();
}
