package loginstream.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table that reads well as plain text and as Markdown. */
final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(List<String> head) {
        rows.add(head);
    }

    void row(List<String> cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        append(text, rows.get(0), widths);
        text.append('|');
        for (int i = 0; i < widths.length; i++) {
            text.append("-".repeat(widths[i] + 1)).append(i == 0 ? "-|" : ":|");
        }
        text.append('\n');
        rows.subList(1, rows.size()).forEach(row -> append(text, row, widths));
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> row, int[] widths) {
        text.append('|');
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - row.get(i).length());
            text.append(' ')
                    .append(i == 0 ? row.get(i) + pad : pad + row.get(i))
                    .append(" |");
        }
        text.append('\n');
    }
}
