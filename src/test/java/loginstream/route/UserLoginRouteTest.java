package loginstream.route;

import java.util.List;
import loginstream.config.Settings;
import org.apache.camel.RoutesBuilder;

/** The route in Java. */
class UserLoginRouteTest extends UserLoginRouteContract {
    @Override
    List<RoutesBuilder> routes(Settings settings) {
        return List.of(new FailurePolicy(), new UserLoginRoute());
    }
}
