package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.postgresql.Planted.Where;
import dev.turnstone.schema.ObjectKind;

/**
 * Two ways to create the same schema that must read the same: the same statements in another order, or another form of
 * the same statement.
 *
 * @param kind the kind of object under test
 * @param where the scope that contains it
 * @param since the first major version that supports it
 * @param before the common initial state
 * @param one the first form of the change
 * @param other the other form of the change
 */
record Irrelevant(ObjectKind kind, Where where, int since, String before, String one, String other) {

    static Irrelevant irrelevant(ObjectKind kind, String before, String one, String other) {
        return new Irrelevant(kind, Where.SCHEMA, 12, before, one, other);
    }

    static Irrelevant inDatabase(ObjectKind kind, String before, String one, String other) {
        return new Irrelevant(kind, Where.DATABASE, 12, before, one, other);
    }

    static Irrelevant onServer(ObjectKind kind, String before, String one, String other) {
        return new Irrelevant(kind, Where.SERVER, 12, before, one, other);
    }

    Irrelevant since(int version) {
        return new Irrelevant(kind, where, version, before, one, other);
    }

    /** Returns the initial state with a change. */
    Planted planted(String change) {
        return new Planted(where, since, kind.label(), before, change, "");
    }

    @Override
    public String toString() {
        return kind.label() + ": " + one;
    }
}
