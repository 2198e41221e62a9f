package loginstream.cli.text;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import loginstream.deadletter.store.StoredDeadLetter;
import loginstream.login.PlainText;

/** Dead letters as lines of a table. The reason comes last and has what is left of the width; a narrow one has no sources. */
public final class DeadLetterTable {
    private static final List<String> TITLES =
            List.of("POSITION", "FAILED AT", "FAILURE", "REDRIVEN", "TRIES", "SOURCE", "REASON");
    private static final String GAP = "  ";
    private static final int LEAST_REASON = 20;
    private static final int SOURCE = TITLES.indexOf("SOURCE");
    private static final int LONGEST_CELL = 300;

    private final int width;
    private final String ellipsis;

    /**
     * @param width of the terminal, in columns
     * @param ellipsis what stands for the rest of a reason
     */
    public DeadLetterTable(int width, String ellipsis) {
        this.width = width;
        this.ellipsis = ellipsis;
    }

    public List<String> lines(List<StoredDeadLetter> letters) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        letters.forEach(letter -> rows.add(row(letter)));
        int[] widths = new int[TITLES.size() - 1];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        int wanted = LEAST_REASON
                + IntStream.of(widths).map(cell -> cell + GAP.length()).sum();
        boolean withSource = wanted <= width;
        return rows.stream().map(row -> line(row, widths, withSource)).toList();
    }

    private static List<String> row(StoredDeadLetter letter) {
        return List.of(
                letter.position().toString(),
                letter.failedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                cell(letter.failure(), 20),
                letter.redriven() ? "yes" : "-",
                Integer.toString(letter.redrives() + 1),
                cell(letter.source(), LONGEST_CELL),
                cell(letter.reason(), 10_000));
    }

    private static String cell(String text, int longest) {
        String plain = PlainText.of(text, longest);
        return plain.isEmpty() ? "-" : plain;
    }

    private String line(List<String> row, int[] widths, boolean withSource) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (i == SOURCE && !withSource) {
                continue;
            }
            String cell = row.get(i);
            line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
        }
        int room = Math.max(LEAST_REASON, width - line.length());
        String reason = row.get(widths.length);
        if (reason.length() > room) {
            reason = reason.substring(0, room - ellipsis.length()) + ellipsis;
        }
        return line.append(reason).toString();
    }
}
