/** Clients for tests: they see Warung from outside, over a socket, wherever it runs. */
package id.warung.client;
