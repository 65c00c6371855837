/**
 * Programs that {@code bench/durable} runs to have something to compare Warung's log with: the disk, the database by itself. No tests.
 * Each prints one line of JSON.
 */
package id.warung.bench;
