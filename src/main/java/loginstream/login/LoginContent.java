package loginstream.login;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;

/** JSON of logins in and out of what steps may set as a message body: text, bytes, maps, anything Jackson can write. */
public final class LoginContent {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** For what was accepted before: the steps may make a login longer than a record may be. */
    private static final LoginParser PARSER = new LoginParser(Integer.MAX_VALUE);

    private static final LoginWriter WRITER = new LoginWriter();

    private LoginContent() {}

    static LoginMembers read(byte[] json) throws UnparseableLoginException {
        return PARSER.parse(json);
    }

    static byte[] write(Login login) throws IOException {
        return WRITER.write(login);
    }

    static Map<String, Object> toMap(byte[] json) throws IOException {
        return PARSER.toMap(json);
    }

    static Object value(byte[] json) throws IOException {
        return JSON.readValue(json, Object.class);
    }

    static byte[] value(Object value) throws IOException {
        return JSON.writeValueAsBytes(value);
    }

    /**
     * A message body as the bytes of a record.
     *
     * @return null where the body is null
     * @throws IOException if it cannot be written as JSON
     */
    public static byte[] bytes(Object body, Exchange exchange) throws IOException {
        if (body == null || body instanceof byte[]) {
            return (byte[]) body;
        }
        if (body instanceof LoginMap map) {
            return map.login().value();
        }
        if (body instanceof CharSequence text) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        if (body instanceof InputStream stream) {
            return stream.readAllBytes();
        }
        if (body instanceof Map || body instanceof Iterable || body instanceof Number || body instanceof Boolean) {
            return JSON.writeValueAsBytes(body);
        }
        byte[] converted = exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, body);
        if (converted != null) {
            return converted;
        }
        String text = exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, body);
        return text == null ? JSON.writeValueAsBytes(body) : text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Lets a login go on with what a step has set as the body of its exchange. From then on its members are the body.
     *
     * @throws UnparseableLoginException if that is no JSON object
     */
    static void adopt(Login login, Exchange exchange) throws IOException, UnparseableLoginException {
        Object body = exchange.getMessage().getBody();
        if (body == login.asMap() || body == login.json() && body != null) {
            login.reread();
        } else {
            byte[] json = bytes(body, exchange);
            login.parsed(object(json), json);
        }
        exchange.getMessage().setBody(login.asMap());
    }

    /**
     * Requires what is to be sent to the output to be a JSON object.
     *
     * @throws UnparseableLoginException if it is none
     */
    public static void requireObject(byte[] json) throws UnparseableLoginException {
        object(json);
    }

    private static LoginMembers object(byte[] json) throws UnparseableLoginException {
        if (json == null) {
            throw new UnparseableLoginException("the body that a step has set is null, not a JSON object");
        }
        try {
            return read(json);
        } catch (UnparseableLoginException e) {
            throw new UnparseableLoginException("the body that a step has set is no JSON object: " + e.getMessage(), e);
        }
    }
}
