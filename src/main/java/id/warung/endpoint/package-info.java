/**
 * The edge to the container: the WebSocket endpoint, the HTTP filters and servlets. The only package that knows
 * {@code jakarta.websocket}; what one container does differently from another is known to {@link id.warung.endpoint.ContainerTransport} alone.
 */
package id.warung.endpoint;
