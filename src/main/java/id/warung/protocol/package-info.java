/**
 * The wire: commands, replies, entries, codes and the codec; and, because everybody may know this package, how JSON is joined and what is
 * hashed. The contract is docs/protocol.md. Knows a JSON library only.
 */
package id.warung.protocol;
