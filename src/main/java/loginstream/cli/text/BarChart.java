package loginstream.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loginstream.login.PlainText;

/** Counts as horizontal bars: name, number, bar. */
public final class BarChart {
    private static final String FULL = "█";
    private static final List<String> EIGHTHS = List.of("", "▏", "▎", "▍", "▌", "▋", "▊", "▉");
    private static final String ASCII = "#";
    private static final int LONGEST_NAME = 60;
    private static final int WIDEST_BAR = 40;
    private static final int LEAST_BAR = 5;

    private final int width;
    private final boolean unicode;

    /**
     * @param width of the terminal, in columns
     * @param unicode whether it can show block characters
     */
    public BarChart(int width, boolean unicode) {
        this.width = width;
        this.unicode = unicode;
    }

    /** Whether a terminal can show all characters that bars may have. */
    public static String characters() {
        return FULL + String.join("", EIGHTHS);
    }

    public List<String> lines(Map<String, Long> counts) {
        int nameWidth = counts.keySet().stream()
                .mapToInt(name -> name(name).length())
                .max()
                .orElse(0);
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
        int countWidth = Long.toString(most).length();
        int barWidth = Math.max(LEAST_BAR, Math.min(WIDEST_BAR, width - nameWidth - countWidth - 6));
        List<String> lines = new ArrayList<>();
        counts.forEach((name, count) -> {
            String plain = name(name);
            lines.add("  " + plain + " ".repeat(nameWidth - plain.length()) + "  "
                    + " ".repeat(countWidth - Long.toString(count).length()) + count + "  "
                    + bar((double) count / most * barWidth));
        });
        return lines;
    }

    private String name(String name) {
        return PlainText.of(name, LONGEST_NAME);
    }

    /** What is there shows, however little. */
    private String bar(double length) {
        if (!unicode) {
            return ASCII.repeat((int) Math.max(1, Math.round(length)));
        }
        int eighths = (int) Math.max(1, Math.round(length * 8));
        return FULL.repeat(eighths / 8) + EIGHTHS.get(eighths % 8);
    }
}
