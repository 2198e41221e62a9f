package loginstream.route.limits;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;

/** Finds exceptions, which policies name, and plain data, which converters do. Of others it does not even make an instance. */
final class LimitedClasses extends DefaultClassResolver {
    private static final Set<Class<?>> DATA = Set.of(
            Object.class,
            String.class,
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Number.class,
            List.class,
            Map.class,
            Set.class);

    /** Which Camel looks up by its name for steps that read files. */
    private static final String OF_CAMEL = "org.apache.camel.language.simple.SimpleNoFileLanguage";

    private final Allowed allowed;

    LimitedClasses(CamelContext context, Allowed allowed) {
        super(context);
        this.allowed = allowed;
    }

    @Override
    protected Class<?> loadClass(String name, ClassLoader loader) {
        Class<?> found = super.loadClass(name, loader);
        if (found == null || isHarmless(found)) {
            return found;
        }
        throw allowed.refusedClass(name);
    }

    private static boolean isHarmless(Class<?> type) {
        Class<?> element = type.isArray() ? type.getComponentType() : type;
        return element.isPrimitive()
                || element.getName().equals(OF_CAMEL)
                || DATA.contains(element)
                || Throwable.class.isAssignableFrom(element);
    }
}
