/**
 * Drills: the packed WAR as a process is killed, starved, locked out and set back while users write and read. A
 * {@link id.warung.drill.Ledger} compares what clients were promised and what they saw with what is there afterwards.
 * {@code bin/verify} runs small drills, {@code ./mvnw verify -Ppacked,drills} full ones.
 */
package id.warung.drill;
