/** What {@code bench/cluster} runs: three nodes over one PostgreSQL beside plain JDBC on the same database. No tests. */
package id.warung.bench.cluster;
