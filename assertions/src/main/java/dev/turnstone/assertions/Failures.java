package dev.turnstone.assertions;

/** Receives a failure, which is thrown immediately or collected by soft assertions. */
@FunctionalInterface
interface Failures {

    Failures THROWN = error -> {
        throw error;
    };

    void report(AssertionError error);
}
