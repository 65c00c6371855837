package id.warung.log.postgres;

/**
 * A schema with Warung's tables. Immutable.
 *
 * @param name of the schema
 * @param logged whether its tables outlive a crash of the database
 */
record Schema(String name, boolean logged) {
    static final Schema DURABLE = new Schema("warung", true);
    static final Schema EPHEMERAL = new Schema("warung_ephemeral", false);

    /** The SQL with this schema's name for each <code>{s}</code>. */
    String in(String sql) {
        return sql.replace("{s}", name);
    }
}
