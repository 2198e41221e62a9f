package loginstream.route;

import java.util.List;
import loginstream.Application;
import loginstream.config.Settings;
import org.apache.camel.RoutesBuilder;

/** The route in routes/user-login.camel.yaml. */
class UserLoginYamlTest extends UserLoginRouteContract {
    @Override
    List<RoutesBuilder> routes(Settings settings) {
        return List.of(Application.yamlRoutes(settings).load().builder());
    }
}
