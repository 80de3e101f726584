package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.postgresql.Planted.Where;
import dev.turnstone.schema.ObjectKind;

/**
 * A difference in how a schema was made that must not show: the same statements in another order, or other words for the
 * same.
 *
 * @param kind the kind of object that it is about
 * @param where which scope would see it
 * @param since the first major version that has it
 * @param before what there is in both
 * @param one the change as one makes it
 * @param other the change as the other makes it
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

    /** The situation before, with a change of it. */
    Planted planted(String change) {
        return new Planted(where, since, kind.label(), before, change, "");
    }

    @Override
    public String toString() {
        return kind.label() + ": " + one;
    }
}
