package loginstream.cli.text;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes that are no text: sixteen a line, with what of them are letters beside. */
final class HexDump {
    private static final int PER_LINE = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private HexDump() {}

    /**
     * The first bytes.
     *
     * @param most bytes that are shown
     */
    static List<String> of(byte[] bytes, int most) {
        List<String> lines = new ArrayList<>();
        int shown = Math.min(most, bytes.length);
        for (int at = 0; at < shown; at += PER_LINE) {
            int end = Math.min(shown, at + PER_LINE);
            String hex = HEX.formatHex(bytes, at, end);
            lines.add(String.format("%08x  %-47s  |%s|", at, hex, letters(bytes, at, end)));
        }
        if (shown < bytes.length) {
            lines.add("and " + (bytes.length - shown) + " more bytes; --json has them all");
        }
        return lines;
    }

    private static String letters(byte[] bytes, int from, int to) {
        StringBuilder letters = new StringBuilder();
        for (int i = from; i < to; i++) {
            letters.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
        }
        return letters.toString();
    }
}
