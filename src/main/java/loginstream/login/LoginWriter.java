package loginstream.login;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Writes a login's result: the bytes of the input with the additions spliced in before the last brace. Only where a
 * member has to give way or change is the object taken apart, and even then every value is copied as it was written.
 */
final class LoginWriter {
    private final JsonFactory json =
            JsonFactory.builder().streamReadConstraints(LoginParser.LIMITS).build();

    byte[] write(Login login) throws IOException {
        byte[] input = login.content();
        LoginEdits edits = login.edits();
        if (!edits.inPlace().isEmpty() || hasAny(login.members(), edits)) {
            input = rewritten(input, edits);
        }
        return edits.appended() == 0 ? input : spliced(input, edits);
    }

    private static boolean hasAny(LoginMembers members, LoginEdits edits) {
        for (int i = 0; i < edits.appended(); i++) {
            if (members.has(edits.name(i))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] spliced(byte[] input, LoginEdits edits) {
        int brace = lastNonBlank(input, input.length);
        boolean empty = input[lastNonBlank(input, brace)] == '{';
        int length = brace + 1;
        for (int i = 0; i < edits.appended(); i++) {
            length += 1 + edits.name(i).json().length + edits.value(i).length;
        }
        byte[] result = new byte[empty ? length - 1 : length];
        System.arraycopy(input, 0, result, 0, brace);
        int at = brace;
        for (int i = 0; i < edits.appended(); i++) {
            if (!empty) {
                result[at++] = ',';
            }
            empty = false;
            at = put(result, at, edits.name(i).json());
            at = put(result, at, edits.value(i));
        }
        result[at] = '}';
        return result;
    }

    private static int put(byte[] target, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, target, at, bytes.length);
        return at + bytes.length;
    }

    private static int lastNonBlank(byte[] bytes, int before) {
        int at = before - 1;
        while (bytes[at] <= ' ') {
            at--;
        }
        return at;
    }

    private byte[] rewritten(byte[] input, LoginEdits edits) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream(input.length + 64);
        result.write('{');
        try (JsonParser parser = json.createParser(input)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int nameStart = (int) parser.currentTokenLocation().getByteOffset();
                parser.nextToken();
                int valueStart = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getByteOffset();
                copyMember(input, name, nameStart, valueStart, end, edits, result);
            }
        }
        result.write('}');
        return result.toByteArray();
    }

    private static void copyMember(
            byte[] input,
            String name,
            int nameStart,
            int valueStart,
            int end,
            LoginEdits edits,
            ByteArrayOutputStream result) {
        Map<String, byte[]> inPlace = edits.inPlace();
        boolean removed = inPlace.containsKey(name) && inPlace.get(name) == null;
        if (removed || edits.appends(name)) {
            return;
        }
        if (result.size() > 1) {
            result.write(',');
        }
        byte[] replacement = inPlace.get(name);
        if (replacement == null) {
            result.write(input, nameStart, end - nameStart);
        } else {
            result.write(input, nameStart, valueStart - nameStart);
            result.writeBytes(replacement);
        }
    }
}
