package dev.turnstone.schema;

/** What stands between the parentheses of CREATE TABLE: a column or a constraint. */
public sealed interface TableElement permits Column, PrimaryKey, ForeignKey, UniqueConstraint, CheckConstraint {}
