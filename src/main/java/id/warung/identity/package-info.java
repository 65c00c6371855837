/**
 * Identity: guests and their tokens, API keys, names in use, which origins may connect, where a client connects from. Knows the
 * protocol's users and codes only.
 */
package id.warung.identity;
