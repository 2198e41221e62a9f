package loginstream.schema;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import loginstream.config.reading.Secret;
import loginstream.config.reading.SettingValues;

/**
 * In which formats the topics' records are, and where their schemas are.
 *
 * @param registries of one registry, tried in turn
 * @param username for HTTP's basic authentication; empty for none
 * @param register whether the output's schema is registered; else it has to be there
 */
public record SchemaSettings(
        Format input, Format output, List<URI> registries, String username, Secret password, boolean register) {
    /** Reads them. */
    public static SchemaSettings read(SettingValues values) {
        return new SchemaSettings(
                values.oneOf("loginstream.input.format", Format.class),
                values.oneOf("loginstream.output.format", Format.class),
                values.parsed(
                        "loginstream.schema.registry.url",
                        SchemaSettings::urls,
                        "http:// or https:// addresses without a user's name, separated by commas"),
                values.text("loginstream.schema.registry.username"),
                values.secret("loginstream.schema.registry.password"),
                values.flag("loginstream.schema.register"));
    }

    private static Optional<List<URI>> urls(String text) {
        try {
            List<URI> urls = SettingValues.list(text).stream().map(URI::create).toList();
            return Optional.of(urls)
                    .filter(all -> !all.isEmpty() && all.stream().allMatch(SchemaSettings::isAddress));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null;
    }

    /** Whether a registry is needed. */
    public boolean isUsed() {
        return input != Format.JSON || output != Format.JSON;
    }
}
