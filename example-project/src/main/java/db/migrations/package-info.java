/** The revisions of the queue that are written in Java; the others are SQL files in the resources folder of this name. */
package db.migrations;
