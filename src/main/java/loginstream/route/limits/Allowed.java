package loginstream.route.limits;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names that routes may use. */
final class Allowed {
    /** Stands for every class that a route names. */
    private static final String CLASS = "class";

    /** Camel has it before there is any list: it reads its own properties by it. */
    private static final String SIMPLE = "simple";

    /** What is none, an expression for example, nothing can be found by. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*");

    private final Set<String> names;

    Allowed(Collection<String> names) {
        this.names = new TreeSet<>(names);
        this.names.add(SIMPLE);
    }

    boolean isAllowed(String name) {
        return names.contains(name);
    }

    boolean areClassesAllowed() {
        return isAllowed(CLASS);
    }

    /**
     * Requires a name.
     *
     * @param kind for people
     * @throws IllegalArgumentException if it is none of these
     */
    void require(String kind, String name) {
        if (NAME.matcher(name).matches() && !isAllowed(name)) {
            throw refused(kind + " " + name);
        }
    }

    /** A class that a route names is none of the harmless ones. */
    IllegalArgumentException refusedClass(String name) {
        return refused("the class " + name);
    }

    /**
     * Something is not allowed.
     *
     * @param what for people
     */
    IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(
                what + " cannot be used: loginstream.routes.allowed has " + String.join(", ", names));
    }
}
