/** Who somebody is: guests and their tokens, names in use, which pages may connect, where a client connects from. Knows the protocol's users and codes only. */
package id.warung.identity;
