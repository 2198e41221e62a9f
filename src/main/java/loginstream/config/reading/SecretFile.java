package loginstream.config.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that holds a secret, as orchestrators mount it. It is read again whenever the secret is needed, so that a new one
 * counts without a restart.
 */
public final class SecretFile {
    /** What the key of a secret ends with where a file holds it. */
    public static final String SUFFIX = ".file";

    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    /** Editors and {@code echo} end a file with them; no secret does. */
    private static final Pattern LINE_BREAKS_AT_END = Pattern.compile("[\r\n]+\\z");

    private final String key;
    private final Path path;
    private String last;

    /**
     * @param key of the setting that names the file
     */
    public SecretFile(String key, Path path) {
        this.key = key;
        this.path = path;
    }

    /**
     * What it holds now, without the line breaks at its end. A file that cannot be read for a moment counts as unchanged.
     *
     * @throws InvalidSettingException if it has never been readable
     */
    public synchronized String read() {
        try {
            String text = LINE_BREAKS_AT_END.matcher(Files.readString(path)).replaceFirst("");
            if (text.isEmpty()) {
                throw new IOException("it is empty");
            }
            last = text;
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
            if (last == null) {
                throw new InvalidSettingException(key + "=" + path + " cannot be used: " + reason);
            }
            LOG.warn("{}={} cannot be read ({}): what it held before goes on being used", key, path, reason);
        }
        return last;
    }

    @Override
    public String toString() {
        return key + "=" + path;
    }
}
