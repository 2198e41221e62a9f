package loginstream.route.stage;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;

/** What stands for {@code {{key}}} in routes. */
public final class Placeholders {
    private Placeholders() {}

    /** Sets them, before the environment and the system's properties. */
    public static void set(CamelContext context, Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        PropertiesComponent component = (PropertiesComponent) context.getPropertiesComponent();
        component.setOverrideProperties(properties);
        putFirst(context);
    }

    /**
     * Puts those that are set before the environment and the system's properties, with which Camel begins by default: their
     * values are in there already where they count, and not where others are meant.
     */
    public static void putFirst(CamelContext context) {
        PropertiesComponent component = (PropertiesComponent) context.getPropertiesComponent();
        component.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
        component.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
    }
}
