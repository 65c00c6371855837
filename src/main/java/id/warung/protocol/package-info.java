/** The wire: commands, replies, entries, codes and the codec. The contract is docs/protocol.md. Knows a JSON library only. */
package id.warung.protocol;
