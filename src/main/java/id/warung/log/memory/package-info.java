/**
 * The storage of ephemeral rooms, {@link id.warung.log.memory.MemoryStorage}: it keeps the latest entries while a room
 * has readers. Knows {@code log}, {@code log.command} and what is below; no other storage.
 */
package id.warung.log.memory;
