package loginstream.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import loginstream.kafka.failure.Reason;

/**
 * Asks a schema registry, through the API of Confluent's that others have as well. Their own clients remember for ever
 * what a registry has refused, and bring many libraries; it is four requests.
 *
 * <p>Every method throws a {@link RegistryException} where the registry does not answer or refuses.
 */
final class RegistryClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;

    private final SchemaSettings settings;
    private final HttpClient http;

    RegistryClient(SchemaSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** The schema of that id; empty where there is none. */
    Optional<RegisteredSchema> schema(int id) {
        Answer answer = ask("/schemas/ids/" + id, null);
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        JsonNode body = answer.required("schema " + id);
        return Optional.of(new RegisteredSchema(
                body.path("schemaType").asText("AVRO"), body.path("schema").asText()));
    }

    /** Makes a schema a subject's newest version, if it is not one of its versions already; its id. */
    int register(String subject, Format format, String schema) {
        return ask(of(subject) + "/versions", body(format, schema))
                .required("the schema of " + subject)
                .path("id")
                .asInt();
    }

    /** The id of a schema that is one of a subject's versions. */
    OptionalInt lookUp(String subject, Format format, String schema) {
        Answer answer = ask(of(subject), body(format, schema));
        return answer.status() == NOT_FOUND
                ? OptionalInt.empty()
                : OptionalInt.of(
                        answer.required("the schema of " + subject).path("id").asInt());
    }

    /** Whether a schema could become a subject's newest version. */
    boolean isCompatible(String subject, Format format, String schema) {
        Answer answer = ask("/compatibility" + of(subject) + "/versions/latest", body(format, schema));
        return answer.status() == NOT_FOUND
                || answer.required("the schema of " + subject)
                        .path("is_compatible")
                        .asBoolean();
    }

    private static String of(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }

    private static ObjectNode body(Format format, String schema) {
        return JSON.createObjectNode().put("schemaType", format.type()).put("schema", schema);
    }

    /** What one of the registry's addresses says. */
    private Answer ask(String path, JsonNode bodyOrNull) {
        RegistryException last = null;
        for (URI registry : settings.registries()) {
            try {
                Answer answer = send(registry, path, bodyOrNull);
                if (answer.status() < 500) {
                    return answer;
                }
                last = answer.refusal("");
            } catch (IOException e) {
                last = new RegistryException("the schema registry " + registry + " does not answer: "
                        + (e instanceof ConnectException ? "no connection" : Reason.message(e)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegistryException("interrupted while the schema registry was asked");
            }
        }
        throw last;
    }

    private Answer send(URI registry, String path, JsonNode bodyOrNull) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(registry.toString().replaceFirst("/+$", "") + path))
                .timeout(TIMEOUT)
                .header("Accept", CONTENT_TYPE);
        if (!settings.username().isEmpty()) {
            String login = settings.username() + ":" + settings.password().value();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        if (bodyOrNull != null) {
            request.header("Content-Type", CONTENT_TYPE)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(bodyOrNull)));
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(registry, response.statusCode(), response.body());
    }

    private record Answer(URI registry, int status, byte[] body) {
        /** The answer's JSON, where it is one to what was asked. */
        JsonNode required(String what) {
            if (status / 100 != 2) {
                throw refusal(what);
            }
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new RegistryException("the schema registry " + registry + " does not answer with JSON");
            }
        }

        RegistryException refusal(String what) {
            String who = "the schema registry " + registry;
            return new RegistryException(
                    switch (status) {
                        case 401, 403 -> who + " refuses the login (HTTP " + status + ")";
                        case 409, 422 -> who + " refuses " + what + ": " + message();
                        default -> who + " answers with HTTP " + status + ": " + message();
                    });
        }

        private String message() {
            try {
                return Reason.message(
                        new IOException(JSON.readTree(body).path("message").asText()));
            } catch (IOException e) {
                return "and nothing else";
            }
        }
    }
}
