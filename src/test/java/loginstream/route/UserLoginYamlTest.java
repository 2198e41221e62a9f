package loginstream.route;

import java.util.List;
import loginstream.Staging;
import loginstream.config.Settings;
import org.apache.camel.RoutesBuilder;

/** The route in routes/user-login.camel.yaml. */
class UserLoginYamlTest extends UserLoginRouteContract {
    @Override
    List<RoutesBuilder> routes(Settings settings) {
        return List.of(Staging.yamlRoutes(settings, settings.routes().directory())
                .load()
                .builder());
    }
}
