package loginstream.delivery;

import java.util.function.UnaryOperator;

/**
 * How a replay differs from what is live.
 *
 * @param span which of the input's records are handled
 * @param topics where what is meant for a topic goes instead
 */
public record Detour(InputSpan span, UnaryOperator<String> topics) {
    /** It does not. */
    public static final Detour NONE = new Detour(InputSpan.ALL, UnaryOperator.identity());
}
