package loginstream.cli.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.deadletter.store.DeadLetterJson;
import loginstream.deadletter.store.StoredDeadLetter;
import loginstream.login.PlainText;
import org.apache.kafka.common.header.Header;

/** One dead letter on a page: headers, key and value as far as they can be read. No control character gets through. */
public final class DeadLetterDetails {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int MOST_HEX_BYTES = 1024;
    private static final int MOST_HEADER_BYTES = 64;
    private static final String INDENT = "  ";

    private final StoredDeadLetter letter;
    private final List<String> lines = new ArrayList<>();

    private DeadLetterDetails(StoredDeadLetter letter) {
        this.letter = letter;
    }

    public static List<String> of(StoredDeadLetter letter) {
        DeadLetterDetails sheet = new DeadLetterDetails(letter);
        sheet.write();
        return sheet.lines;
    }

    private void write() {
        lines.add(letter.position() + (letter.redriven() ? "  (redriven already)" : ""));
        lines.add("");
        int width = 0;
        for (Header header : letter.headers()) {
            width = Math.max(width, plain(header.key()).length());
        }
        for (Header header : letter.headers()) {
            String name = plain(header.key());
            List<String> value = value(header);
            lines.add(INDENT + name + " ".repeat(width - name.length()) + INDENT + value.get(0));
            value.stream().skip(1).forEach(more -> lines.add(INDENT.repeat(3) + more));
        }
        lines.add("");
        lines.add("key: " + key());
        writeValue();
    }

    private static List<String> value(Header header) {
        if (header.value() == null) {
            return List.of("(null)");
        }
        if (header.value().length == 0) {
            return List.of("(empty)");
        }
        Optional<Long> number = DeadLetterJson.number(header);
        if (number.isPresent()) {
            boolean isTime = header.key().equals(DeadLetterHeaders.ORIGINAL_TIMESTAMP);
            return List.of(number.get() + (isTime ? "  (" + Instant.ofEpochMilli(number.get()) + ")" : ""));
        }
        return text(header.value()).map(DeadLetterDetails::lines).orElseGet(() -> List.of(hex(header.value())));
    }

    private String key() {
        byte[] key = letter.key();
        if (key == null) {
            return "(none)";
        }
        return text(key).map(DeadLetterDetails::plain).orElseGet(() -> hex(key));
    }

    private void writeValue() {
        byte[] value = letter.value();
        if (value == null) {
            lines.add("value: (null)");
            return;
        }
        Optional<String> text = text(value);
        boolean json = text.isPresent() && isJson(text.get());
        lines.add("value, " + value.length + " bytes" + (json ? " of JSON" : text.isPresent() ? " of text" : "") + ":");
        if (json) {
            lines.addAll(lines(PrettyJson.of(text.get())));
        } else if (text.isPresent()) {
            lines.addAll(lines(text.get()));
        } else {
            lines.addAll(HexDump.of(value, MOST_HEX_BYTES));
        }
    }

    private static boolean isJson(String text) {
        try {
            return !JSON.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Bytes with a NUL among them are hardly text, even where they happen to be UTF-8. */
    private static Optional<String> text(byte[] bytes) {
        return DeadLetterJson.text(bytes).filter(text -> text.indexOf('\0') < 0);
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> plain(line.replace("\t", INDENT.repeat(2))))
                .toList();
    }

    private static String plain(String text) {
        return PlainText.of(text, Integer.MAX_VALUE - 1);
    }

    private static String hex(byte[] bytes) {
        int shown = Math.min(bytes.length, MOST_HEADER_BYTES);
        return "0x" + HexFormat.of().formatHex(bytes, 0, shown)
                + (shown < bytes.length ? " and " + (bytes.length - shown) + " more bytes" : "");
    }
}
