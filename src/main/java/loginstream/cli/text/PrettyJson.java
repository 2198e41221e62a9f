package loginstream.cli.text;

/** Valid JSON with line breaks and indents; every name and value stays as it was written. */
final class PrettyJson {
    private static final String INDENT = "  ";

    private final String json;
    private final StringBuilder pretty = new StringBuilder();
    private int depth;

    private PrettyJson(String json) {
        this.json = json;
    }

    /**
     * Lays it out.
     *
     * @param json must be valid
     */
    static String of(String json) {
        return new PrettyJson(json).layOut();
    }

    private String layOut() {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case '"' -> i = string(i);
                case '{', '[' -> i = open(i);
                case '}', ']' -> {
                    depth--;
                    line().append(c);
                }
                case ',' -> {
                    pretty.append(c);
                    line();
                }
                case ':' -> pretty.append(": ");
                case ' ', '\t', '\r', '\n' -> {}
                default -> pretty.append(c);
            }
        }
        return pretty.toString();
    }

    /** Copies a string; gives the place of its end. */
    private int string(int start) {
        int end = start + 1;
        while (json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        pretty.append(json, start, end + 1);
        return end;
    }

    /** Empty objects and arrays stay on one line. */
    private int open(int at) {
        int next = at + 1;
        while (Character.isWhitespace(json.charAt(next))) {
            next++;
        }
        pretty.append(json.charAt(at));
        if (json.charAt(next) == '}' || json.charAt(next) == ']') {
            pretty.append(json.charAt(next));
            return next;
        }
        depth++;
        line();
        return at;
    }

    private StringBuilder line() {
        return pretty.append('\n').append(INDENT.repeat(depth));
    }
}
