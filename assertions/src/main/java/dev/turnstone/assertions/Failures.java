package dev.turnstone.assertions;

/** Where a failure goes: it is thrown at once, or kept by soft assertions. */
@FunctionalInterface
interface Failures {

    Failures THROWN = error -> {
        throw error;
    };

    void report(AssertionError error);
}
