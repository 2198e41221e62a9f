package loginstream.route.limits;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.BeanProcessorFactory;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.DataFormatResolver;
import org.apache.camel.spi.FactoryFinder;
import org.apache.camel.spi.FactoryFinderResolver;
import org.apache.camel.spi.Language;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Lets the routes of a context use only what is listed: components, languages and data formats by Camel's names for them,
 * and {@code class} for classes. It sits where Camel looks these up, so it is all the same where a route has the name from.
 */
public final class RouteLimits {
    private static final String BEAN = "bean";

    private static final String SIMPLE_FOR_FILES = "simple-no-file";

    /** Camel asks for these by itself, for its servers and for Simple; whether a route may is seen at its endpoints. */
    private static final Set<String> OF_CAMEL = Set.of("platform-http", BEAN);

    private RouteLimits() {}

    /**
     * To be called when the beans of the pipeline are there, and before the context has routes.
     *
     * @param names what may be used; empty for everything there is
     */
    public static void install(CamelContext context, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        Allowed allowed = new Allowed(names);
        ExtendedCamelContext extension = context.getCamelContextExtension();
        limitClasses(context, allowed);

        ComponentResolver components = PluginHelper.getComponentResolver(extension);
        extension.addContextPlugin(ComponentResolver.class, (name, asking) -> {
            if (!OF_CAMEL.contains(name)) {
                allowed.require("the component", name);
            }
            return components.resolveComponent(name, asking);
        });
        extension.registerEndpointCallback((uri, endpoint) -> {
            allowed.require("the component", uri.split(":", 2)[0]);
            return endpoint;
        });

        LanguageResolver languages = PluginHelper.getLanguageResolver(extension);
        extension.addContextPlugin(LanguageResolver.class, (name, asking) -> {
            if (name.equals(BEAN)) {
                return limitedBeans(languages.resolveLanguage(name, asking), asking, allowed);
            }
            if (!name.equals(SIMPLE_FOR_FILES)) {
                allowed.require("the language", name);
            }
            return languages.resolveLanguage(name, asking);
        });
        // One that is bound Camel finds without a resolver.
        Registry registry = context.getRegistry();
        Map.copyOf(registry.findByTypeWithName(Language.class)).forEach((name, language) -> {
            registry.unbind(name);
            registry.bind(name, limitedBeans(language, context, allowed));
        });

        DataFormatResolver formats = PluginHelper.getDataFormatResolver(extension);
        extension.addContextPlugin(DataFormatResolver.class, (name, asking) -> {
            allowed.require("the data format", name);
            return formats.createDataFormat(name, asking);
        });

        ResourceLoader resources = PluginHelper.getResourceLoader(extension);
        extension.addContextPlugin(ResourceLoader.class, new LimitedResources(resources, allowed));

        BeanProcessorFactory processors = PluginHelper.getBeanProcessorFactory(extension);
        extension.addContextPlugin(BeanProcessorFactory.class, new LimitedBeanSteps(processors, allowed));
    }

    private static Language limitedBeans(Language language, CamelContext context, Allowed allowed) {
        CamelContextAware.trySetCamelContext(language, context);
        ServiceHelper.startService(language);
        return new LimitedBeans(language, allowed);
    }

    /** Camel looks up its own classes by its factories, which go on to do so. */
    private static void limitClasses(CamelContext context, Allowed allowed) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        ClassResolver classes = context.getClassResolver();
        FactoryFinderResolver factories = PluginHelper.getFactoryFinderResolver(extension);
        extension.addContextPlugin(FactoryFinderResolver.class, new FactoryFinderResolver() {
            @Override
            public FactoryFinder resolveFactoryFinder(ClassResolver limited, String path) {
                return factories.resolveFactoryFinder(classes, path);
            }

            @Override
            public FactoryFinder resolveBootstrapFactoryFinder(ClassResolver limited, String path) {
                return factories.resolveBootstrapFactoryFinder(classes, path);
            }
        });
        if (!allowed.areClassesAllowed()) {
            context.setClassResolver(new LimitedClasses(context, allowed));
        }
    }
}
