package loginstream.login;

import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The message of a login's own exchange. Its headers are those that Camel's Kafka consumer would have set. They are put
 * there only when somebody asks for them: a step that sets one header does not.
 */
public final class LoginMessage extends DefaultMessage {
    /** More headers than this that steps have set cost a map. */
    private static final int FEW = 4;

    private final Login login;
    private final HeaderFilterStrategy filter;
    private String[] names;
    private Object[] values;
    private int few;

    public LoginMessage(CamelContext context, Login login, HeaderFilterStrategy filter) {
        super(context);
        this.login = login;
        this.filter = filter;
    }

    @Override
    public void setHeader(String name, Object value) {
        if (hasPopulatedHeaders() || value == null) {
            super.setHeader(name, value);
            return;
        }
        int at = indexOf(name);
        if (at < 0 && few == FEW) {
            super.setHeader(name, value);
            return;
        }
        if (names == null) {
            names = new String[FEW];
            values = new Object[FEW];
        }
        if (at < 0) {
            at = few++;
        }
        names[at] = name;
        values[at] = value;
    }

    private int indexOf(String name) {
        for (int i = 0; i < few; i++) {
            if (names[i].equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        return true;
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> headers) {
        ConsumerRecord<byte[], byte[]> source = login.source();
        headers.put(KafkaConstants.PARTITION, source.partition());
        headers.put(KafkaConstants.TOPIC, source.topic());
        headers.put(KafkaConstants.OFFSET, source.offset());
        headers.put(KafkaConstants.HEADERS, source.headers());
        headers.put(KafkaConstants.TIMESTAMP, source.timestamp());
        headers.put(Exchange.MESSAGE_TIMESTAMP, source.timestamp());
        if (source.key() != null) {
            headers.put(KafkaConstants.KEY, source.key());
        }
        for (Header header : login.headers()) {
            if (!filter.applyFilterToExternalHeaders(header.key(), header.value(), getExchange())) {
                headers.put(header.key(), header.value());
            }
        }
        for (int i = 0; i < few; i++) {
            headers.put(names[i], values[i]);
        }
        few = 0;
    }

    /** As if nobody had asked for headers or set any. */
    public void forgetHeaders() {
        if (!isUntouched()) {
            few = 0;
            setHeaders(createHeaders());
        }
    }

    /** Whether nobody has asked for the headers, nor set any. */
    public boolean isUntouched() {
        return few == 0 && !hasPopulatedHeaders();
    }

    /** Whether nobody has asked for the headers; a few may have been set. */
    public boolean isSparse() {
        return !hasPopulatedHeaders();
    }

    /** Of sparse headers, one that was set, or null. */
    public Object set(String name) {
        int at = indexOf(name);
        return at < 0 ? null : values[at];
    }

    /** Goes through the sparse headers that were set. */
    public void forEachSet(BiConsumer<String, Object> action) {
        for (int i = 0; i < few; i++) {
            action.accept(names[i], values[i]);
        }
    }
}
