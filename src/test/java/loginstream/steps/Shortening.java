package loginstream.steps;

import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;

/** A transformer of a user's: leaves one member. */
final class Shortening extends Transformer {
    static void register(StepsFixture fixture) {
        Shortening transformer = new Shortening();
        transformer.setCamelContext(fixture.context());
        transformer.setName("users:short");
        fixture.context().getTransformerRegistry().put(new TransformerKey("users:short"), transformer);
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        Map<?, ?> login = message.getBody(Map.class);
        message.setBody(Map.of("locale", login.get("locale")));
    }
}
