package loginstream.login;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * The JSON of logins as a Camel data format. Unmarshalling reads a login's fields and rejects what is no JSON object; a
 * tombstone is filtered. Marshalling writes each login that is still on its way. A whole batch is handled at once. Plain
 * JSON that is sent to a route, as tests do, becomes a login of its own; a list of it, a batch.
 */
public final class LoginJson extends ServiceSupport implements DataFormat, DataFormatName {
    private final LoginParser parser;
    private final Decoder decoder;
    private final Outbox plainOutbox;

    /**
     * @param decoder makes JSON of what was consumed
     * @param plainOutbox where logins send to that were not consumed from Kafka
     */
    public LoginJson(LoginParser parser, Decoder decoder, Outbox plainOutbox) {
        this.parser = parser;
        this.decoder = decoder;
        this.plainOutbox = plainOutbox;
    }

    @Override
    public String getDataFormatName() {
        return "loginJson";
    }

    /** Reads each login of a batch. */
    public void unmarshal(LoginBatch batch) {
        batch.forEachOpen(this::read);
    }

    /** Writes each login of a batch; where a login has an exchange of its own, its body is the JSON from then on. */
    public void marshal(LoginBatch batch) {
        batch.forEachRead(LoginJson::write);
    }

    @Override
    public Object unmarshal(Exchange exchange, Object body) throws Exception {
        if (body instanceof LoginBatch batch) {
            unmarshal(batch);
            return body;
        }
        if (body instanceof Iterable<?> several && exchange.getProperty(Login.PROPERTY) == null) {
            LoginBatch batch = LoginBatch.ofPlain(logins(several, exchange));
            unmarshal(batch);
            exchange.setProperty(LoginBatch.PROPERTY, batch);
            return batch;
        }
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        if (login == null) {
            login = Login.plain(record(body, 0, exchange), plainOutbox);
            login.travelIn(exchange);
            exchange.setProperty(Login.PROPERTY, login);
        }
        read(login, body, exchange);
        EachLogin.conclude(login, exchange);
        return login.members() == null ? body : login.asMap();
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        return unmarshal(exchange, stream.readAllBytes());
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        if (login != null && !login.isDeadLetter()) {
            EachLogin.conclude(login, exchange);
        }
        if (login != null && login.state() == Login.State.FILTERED) {
            return; // doTry goes on with its next step all the same
        }
        if (login != null && graph == login.asMap()) {
            write(login);
            stream.write(login.json());
        } else {
            byte[] bytes = LoginContent.bytes(graph, exchange);
            stream.write(bytes == null ? "null".getBytes(java.nio.charset.StandardCharsets.US_ASCII) : bytes);
        }
    }

    private void read(Login login) throws IOException {
        Exchange own = login.exchange();
        if (own == null) {
            read(login, login.source().value());
            return;
        }
        read(login, own.getMessage().getBody(), own);
        if (login.members() != null) {
            own.getMessage().setBody(login.asMap());
        }
    }

    private void read(Login login, Object body, Exchange exchange) throws IOException {
        if (body instanceof LoginMap) { // read before
            return;
        }
        read(login, LoginContent.bytes(body, exchange));
    }

    private void read(Login login, byte[] value) {
        if (value == null) {
            login.filterOut();
            return;
        }
        try {
            byte[] json = value == login.source().value() && !login.isPlain() ? decoder.toJson(value) : value;
            login.parsed(parser.parse(json), json);
        } catch (UnparseableLoginException e) {
            login.reject(new Rejection.Unparseable(e));
        }
    }

    private static void write(Login login) throws IOException {
        byte[] json = login.value();
        login.marshalled(json);
        if (login.exchange() != null) {
            login.exchange().getMessage().setBody(json);
        }
    }

    private List<Login> logins(Iterable<?> values, Exchange exchange) throws IOException {
        List<Login> logins = new ArrayList<>();
        for (Object value : values) {
            logins.add(Login.plain(record(value, logins.size(), exchange), plainOutbox));
        }
        return logins;
    }

    /** The record that a plain message would have been; where it says so in Camel's Kafka headers, that very one. */
    private static ConsumerRecord<byte[], byte[]> record(Object body, int index, Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        byte[] key = LoginContent.bytes(message.getHeader(KafkaConstants.KEY), exchange);
        byte[] value = LoginContent.bytes(body, exchange);
        String from = exchange.getFromEndpoint() == null
                ? "message"
                : exchange.getFromEndpoint().getEndpointUri();
        return new ConsumerRecord<>(
                message.getHeader(KafkaConstants.TOPIC, from, String.class),
                message.getHeader(KafkaConstants.PARTITION, 0, Integer.class),
                message.getHeader(KafkaConstants.OFFSET, (long) index, Long.class),
                message.getHeader(KafkaConstants.TIMESTAMP, ConsumerRecord.NO_TIMESTAMP, Long.class),
                TimestampType.NO_TIMESTAMP_TYPE,
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
