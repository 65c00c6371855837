/**
 * The storage of ephemeral rooms, {@link id.warung.log.memory.MemoryStorage}: it keeps the latest entries while somebody reads them.
 * Knows {@code log}, {@code log.command} and what is below; no other storage.
 */
package id.warung.log.memory;
