/**
 * The wire protocol: commands, replies, entries, codes and the codec; also, because every package may know this one,
 * joining of JSON and hashing. The contract is docs/protocol.md. Knows a JSON library only.
 */
package id.warung.protocol;
