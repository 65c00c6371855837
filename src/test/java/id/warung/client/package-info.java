/** Clients for tests: they use Warung from outside, over a socket, wherever it runs. */
package id.warung.client;
