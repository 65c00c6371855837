/**
 * A node among others that share its storage. {@link id.warung.cluster.Cluster} tells them what this node has written, and brings what they
 * have written to the rooms that are open here: by their {@link id.warung.log.Hints}, and by looking itself, once a second.
 *
 * <p>Knows {@code room}, {@code log} and what is below.
 */
package id.warung.cluster;
