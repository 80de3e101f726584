package dev.turnstone.schema;

/** An element of the parenthesized list in CREATE TABLE: a column or a constraint. */
public sealed interface TableElement permits Column, PrimaryKey, ForeignKey, UniqueConstraint, CheckConstraint {}
