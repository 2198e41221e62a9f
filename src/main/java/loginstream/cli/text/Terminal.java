package loginstream.cli.text;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Model.CommandSpec;

/** What the output goes to: how wide it is, whether somebody sits before it, which characters it can show. */
public final class Terminal {
    private final CommandSpec command;
    private final Console console;

    public Terminal(CommandSpec command) {
        this.command = command;
        this.console = System.console();
    }

    /** Whether somebody can be asked: input and output are both a terminal. */
    public boolean isInteractive() {
        return console != null && isTerminal(console);
    }

    /** From Java 22 on there is a console also where there is no terminal. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Asks a question; true for yes. */
    public boolean confirms(String question) {
        String answer = console.readLine("%s [y/N] ", question);
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }

    /** A bar that shows how far something has come, in characters that the terminal has. */
    public static ProgressBar bar(String task, long records) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(records)
                .setStyle(
                        canShow(BarChart.characters())
                                ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
                                : ProgressBarStyle.ASCII)
                .build();
    }

    /** Columns of the terminal; of something else, as many as a line may need. */
    public int width() {
        if (!isInteractive()) {
            return Integer.MAX_VALUE;
        }
        return command.usageMessage().autoWidth(true).width();
    }

    /** Whether the terminal's character set has this. */
    public static boolean canShow(String text) {
        String name = Stream.of("stdout.encoding", "sun.stdout.encoding")
                .map(System::getProperty)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(Charset.defaultCharset().name());
        try {
            return Charset.forName(name).newEncoder().canEncode(text);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }
}
