package loginstream.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a request has to begin. */
final class RequestHead {
    /** Method, path or address, and version, each after one blank; a percent sign is followed by two digits. */
    private static final Pattern REQUEST = Pattern.compile(
            "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32} (?:https?:/)?/(?:[!-$&-~]|%[0-9A-Fa-f]{2})*+ HTTP/1\\.[01]");

    /** A name that nothing stands before or behind, and text without control characters. */
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]++:[\\t\\x20-\\x7e\\x80-\\xff]*+");

    private static final Pattern HOST =
            Pattern.compile("(?i)host:[ \\t]*(?:[a-z0-9._~-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::[0-9]{1,5})?[ \\t]*");

    private static final String HOST_NAME = "host:";
    /** Which some that look after a service's health still speak. */
    private static final String WITHOUT_HOST = "HTTP/1.0";

    private static final String LENGTH_NAME = "content-length:";
    private static final Pattern LENGTH = Pattern.compile("(?i)" + LENGTH_NAME + "[ \\t]*([0-9]{1,15})[ \\t]*");

    private static final Pattern BARE_LINE_FEED = Pattern.compile("(?<!\r)\n");

    private RequestHead() {}

    /** Whether a line ends as none does, so that others may see the end of the head where it is not. */
    static boolean hasBareLineFeed(CharSequence part) {
        return BARE_LINE_FEED.matcher(part).find();
    }

    /**
     * Whether there is one way only to read it. A line that goes on in the next one, an end of line that is none, and a
     * length that is told twice or in parts (nobody who asks here needs that) have been read by proxies and servers in
     * different ways.
     *
     * @param head without the empty line at its end
     */
    static boolean isPlain(String head) {
        String[] lines = head.split("\r\n", -1);
        return REQUEST.matcher(lines[0]).matches()
                && Stream.of(lines).skip(1).allMatch(line -> HEADER.matcher(line)
                        .matches())
                && count(lines, "transfer-encoding:") == 0
                && count(lines, LENGTH_NAME) == count(lines, LENGTH)
                && count(lines, LENGTH_NAME) <= 1
                && count(lines, HOST) == count(lines, HOST_NAME)
                && (count(lines, HOST_NAME) == 1 || count(lines, HOST_NAME) == 0 && lines[0].endsWith(WITHOUT_HOST));
    }

    /** How many bytes belong to a plain head as its body. */
    static long bodyLength(String head) {
        return Stream.of(head.split("\r\n", -1))
                .map(LENGTH::matcher)
                .filter(Matcher::matches)
                .mapToLong(length -> Long.parseLong(length.group(1)))
                .sum();
    }

    private static long count(String[] lines, Pattern pattern) {
        return Stream.of(lines).filter(line -> pattern.matcher(line).matches()).count();
    }

    private static long count(String[] lines, String name) {
        return Stream.of(lines)
                .filter(line -> line.regionMatches(true, 0, name, 0, name.length()))
                .count();
    }
}
