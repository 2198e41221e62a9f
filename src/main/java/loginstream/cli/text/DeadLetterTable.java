package loginstream.cli.text;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import loginstream.deadletter.store.StoredDeadLetter;
import loginstream.login.PlainText;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * Dead letters as lines of a table. The reason comes last and has what is left of the width. Where that is too little,
 * the columns before it are left out, the last of them first.
 */
public final class DeadLetterTable {
    private static final List<String> TITLES =
            List.of("POSITION", "FAILED AT", "FAILURE", "REDRIVEN", "TRIES", "SOURCE", "REASON");
    private static final int SOURCE = TITLES.indexOf("SOURCE");
    private static final int GAP = 2;
    private static final int LEAST_REASON = 20;
    private static final int LONGEST_CELL = 300;
    private static final int LONGEST_REASON = 10_000;
    private static final Help.ColorScheme PLAIN = Help.defaultColorScheme(Help.Ansi.OFF);

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
        List<List<Text>> rows = new ArrayList<>();
        rows.add(new ArrayList<>(TITLES.stream().map(DeadLetterTable::text).toList()));
        letters.forEach(letter -> rows.add(row(letter)));
        for (int last = SOURCE; last > 0 && room(rows) < LEAST_REASON; last--) {
            int dispensable = last;
            rows.forEach(row -> row.remove(dispensable));
        }
        int room = Math.max(LEAST_REASON, room(rows));
        int reason = rows.get(0).size() - 1;
        rows.forEach(row -> row.set(reason, cut(row.get(reason), room)));
        TextTable table = TextTable.forColumns(
                PLAIN,
                IntStream.rangeClosed(0, reason)
                        .mapToObj(i -> new Column(widest(rows, i) + (i < reason ? GAP : 0), 0, Overflow.TRUNCATE))
                        .toArray(Column[]::new));
        rows.forEach(row -> table.addRowValues(row.toArray(Text[]::new)));
        return table.toString().lines().toList();
    }

    /** What is left for the reasons. */
    private int room(List<List<Text>> rows) {
        return width
                - IntStream.range(0, rows.get(0).size() - 1)
                        .map(i -> widest(rows, i) + GAP)
                        .sum();
    }

    private static int widest(List<List<Text>> rows, int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).getCJKAdjustedLength())
                .max()
                .orElse(0);
    }

    private static List<Text> row(StoredDeadLetter letter) {
        return new ArrayList<>(List.of(
                text(letter.position().toString()),
                text(letter.failedAt().truncatedTo(ChronoUnit.SECONDS).toString()),
                cell(letter.failure(), 20),
                text(letter.redriven() ? "yes" : "-"),
                text(Integer.toString(letter.redrives() + 1)),
                cell(letter.source(), LONGEST_CELL),
                cell(letter.reason(), LONGEST_REASON)));
    }

    private static Text cell(String text, int longest) {
        String plain = PlainText.of(text, longest);
        return text(plain.isEmpty() ? "-" : plain);
    }

    /** As it is: a record's text must not be taken for picocli's markup. */
    private static Text text(String plain) {
        return PLAIN.apply(plain, List.of());
    }

    private Text cut(Text text, int room) {
        if (text.getCJKAdjustedLength() <= room) {
            return text;
        }
        int end = Math.min(text.plainString().length(), room) - ellipsis.length();
        while (text.getCJKAdjustedLength(0, end) > room - ellipsis.length()) {
            end--;
        }
        return text(text.plainString().substring(0, end) + ellipsis);
    }
}
