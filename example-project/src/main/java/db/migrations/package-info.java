/** The Java revisions of the queue. The SQL revisions are in the resource folder with the same name. */
package db.migrations;
