package loginstream.login;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The JSON of logins as a Camel data format, over a whole batch at once. Unmarshalling reads each login's fields and
 * rejects what is no JSON object; tombstones leave the batch as filtered. Marshalling renders each login that is still
 * on its way; the body stays the batch, since a record is more than its value.
 */
public final class LoginJson extends ServiceSupport implements DataFormat, DataFormatName {
    private final LoginParser parser;
    private final LoginWriter writer = new LoginWriter();

    public LoginJson(LoginParser parser) {
        this.parser = parser;
    }

    @Override
    public String getDataFormatName() {
        return "loginJson";
    }

    @Override
    public Object unmarshal(Exchange exchange, Object body) throws Exception {
        EachLogin.apply(this::read, body);
        return body;
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) {
        throw new IllegalArgumentException("loginJson unmarshals batches of logins, not a stream");
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        EachLogin.apply(this::write, graph);
        // Camel sets what was written to the stream as the body of the message it has prepared. The records of a batch
        // are more than a stream of bytes, so the message that goes on is another one, with the batch in it.
        exchange.setMessage(exchange.getIn().copy());
    }

    private void read(Login login) {
        byte[] value = login.source().value();
        if (value == null) {
            login.filterOut();
            return;
        }
        try {
            login.parsed(parser.parse(value));
        } catch (UnparseableLoginException e) {
            login.reject(new Rejection.Unparseable(e));
        }
    }

    private void write(Login login) throws IOException {
        login.marshalled(writer.write(login));
    }
}
