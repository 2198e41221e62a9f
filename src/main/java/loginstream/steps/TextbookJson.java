package loginstream.steps;

import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.LoginJson;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.support.processor.MarshalProcessor;
import org.apache.camel.support.processor.UnmarshalProcessor;

/**
 * {@code unmarshal} and {@code marshal} of JSON as every textbook has them, without naming a format of ours. Logins are
 * read and written by {@link LoginJson}, so that members nobody has changed stay byte for byte; any other message by
 * Jackson.
 */
final class TextbookJson extends DelegateAsyncProcessor {
    private final Processor ours;
    private final boolean begins;

    /**
     * @param jackson what Camel has made of the definition
     */
    TextbookJson(NamedNode definition, Processor jackson, LoginJson json, LoginRoutes routes) {
        super(AsyncProcessorConverterHelper.convert(jackson));
        boolean unmarshal = definition instanceof UnmarshalDefinition;
        this.ours = unmarshal ? new UnmarshalProcessor(json) : new MarshalProcessor(json);
        this.begins = unmarshal && routes.isForLogins(definition);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        boolean login =
                exchange.getProperty(Login.PROPERTY) != null || exchange.getProperty(LoginBatch.PROPERTY) != null;
        return login || begins
                ? AsyncProcessorConverterHelper.convert(ours).process(exchange, callback)
                : super.process(exchange, callback);
    }
}
