/**
 * The edge to the container: the WebSocket endpoint, the HTTP filters and servlets. The only package that knows
 * {@code jakarta.websocket}; only {@link id.warung.endpoint.ContainerTransport} knows how containers differ.
 */
package id.warung.endpoint;
