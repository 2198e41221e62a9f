package loginstream.config.reading;

import java.util.List;

/** Settings that cannot be used: a line for each, which names the key, the value and what is allowed. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** One setting, or several of which none is wrong without the others. */
    public InvalidSettingException(String problem) {
        this(List.of(problem));
    }

    InvalidSettingException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Line by line. */
    public List<String> problems() {
        return problems;
    }
}
