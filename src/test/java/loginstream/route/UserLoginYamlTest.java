package loginstream.route;

import java.util.List;
import loginstream.metrics.LoginMetrics;
import org.apache.camel.RoutesBuilder;

/** The route in routes/user-login.camel.yaml. */
class UserLoginYamlTest extends UserLoginRouteContract {
    @Override
    List<RoutesBuilder> routes() {
        return List.of(new YamlRoutes(SETTINGS, new LoginMetrics()).initial());
    }
}
