/**
 * Drills: the packed WAR as a process of its own is killed, starved, locked out and set back while people write and read, and a
 * {@link id.warung.drill.Ledger} compares what they were promised and what they saw with what is there afterwards. {@code bin/verify} runs
 * them small, {@code ./mvnw verify -Ppacked,drills} in full.
 */
package id.warung.drill;
