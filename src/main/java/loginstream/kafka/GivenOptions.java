package loginstream.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.Problems;
import loginstream.config.reading.SecretFile;

/** The options that the user has given for all of Kafka's clients. The files that hold secrets are read for each client. */
public final class GivenOptions {
    private final Map<String, String> texts;
    private final Map<String, SecretFile> files;

    private GivenOptions(Map<String, String> texts, Map<String, SecretFile> files) {
        this.texts = Map.copyOf(texts);
        this.files = Map.copyOf(files);
    }

    /**
     * Takes them.
     *
     * @param options by their names, without the prefix
     * @param problems where it is told which of them cannot be used
     */
    static GivenOptions read(Map<String, String> options, Problems problems) {
        Map<String, String> texts = new HashMap<>();
        Map<String, SecretFile> files = new HashMap<>();
        options.forEach((name, value) -> {
            if (value.isBlank() && ClientOptions.isOurs(name)) {
                return; // as deployments write that there is none
            }
            if (ClientOptions.isSecretFile(name)) {
                String secret = name.substring(0, name.length() - SecretFile.SUFFIX.length());
                files.put(secret, new SecretFile(ClientOptions.PREFIX + name, Path.of(value)));
            } else {
                texts.put(name, value);
            }
        });
        GivenOptions given = new GivenOptions(texts, files);
        ClientOptions.check(texts, problems);
        SaslLogin.check(given.names(), texts, problems);
        files.forEach((name, file) -> {
            if (texts.containsKey(name)) {
                problems.add(ClientOptions.PREFIX + name + " and " + ClientOptions.PREFIX + name + SecretFile.SUFFIX
                        + " cannot both be set");
            }
            try {
                file.read();
            } catch (InvalidSettingException e) {
                problems.add(e.getMessage());
            }
        });
        return given;
    }

    /** Which there are; a secret in a file counts under its own name. */
    Set<String> names() {
        Set<String> names = new HashSet<>(texts.keySet());
        names.addAll(files.keySet());
        return names;
    }

    /** As Kafka wants them, with the secrets that the files hold now. */
    Map<String, String> now() {
        Map<String, String> options = new HashMap<>(texts);
        files.forEach((name, file) -> options.put(name, file.read()));
        SaslLogin.translate(options);
        return options;
    }

    /** Without values, some of which are secrets. */
    @Override
    public String toString() {
        return names().toString();
    }
}
