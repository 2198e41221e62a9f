package loginstream.route;

import java.util.List;
import org.apache.camel.RoutesBuilder;

/** The route in Java. */
class UserLoginRouteTest extends UserLoginRouteContract {
    @Override
    List<RoutesBuilder> routes() {
        return List.of(new FailurePolicy(), new UserLoginRoute());
    }
}
