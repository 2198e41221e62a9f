package loginstream.route;

import java.util.List;
import loginstream.Application;
import org.apache.camel.RoutesBuilder;

/** The route in routes/user-login.camel.yaml. */
class UserLoginYamlTest extends UserLoginRouteContract {
    @Override
    List<RoutesBuilder> routes() {
        return List.of(Application.yamlRoutes(SETTINGS).load().builder());
    }
}
