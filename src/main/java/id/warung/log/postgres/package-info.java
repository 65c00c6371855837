/**
 * The log of several nodes, in PostgreSQL, which puts everything in order: all nodes are equal, and what a room's row says is so. All SQL
 * names its schema and nothing outlives a transaction, so that a pooler may stand between.
 */
package id.warung.log.postgres;
