/**
 * Programs that {@code bench/durable} runs to compare Warung's log with: the disk, and the bare database. No tests.
 * Each prints one line of JSON.
 */
package id.warung.bench;
