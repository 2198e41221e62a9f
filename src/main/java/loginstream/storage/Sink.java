package loginstream.storage;

import java.util.List;
import java.util.ServiceLoader;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.SettingValues;
import org.apache.camel.RoutesBuilder;

/** A kind of store for processed logins, found by {@link ServiceLoader}: only builds that ask for it have it. */
public interface Sink {

    /** As {@code loginstream.sink} names it; its step in routes has that name, too. */
    String name();

    /** Its route in Java. */
    RoutesBuilder route();

    /**
     * Its store, to which nothing is connected yet.
     *
     * @param settings the keys that begin with {@code loginstream.sink.} and its name are its own
     */
    LoginStore open(SettingValues settings);

    /**
     * The sink of that name.
     *
     * @throws InvalidSettingException if this build has none
     */
    static Sink named(String name) {
        List<Sink> known = ServiceLoader.load(Sink.class, Sink.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return known.stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = known.stream().map(Sink::name).toList();
                    return new InvalidSettingException("loginstream.sink=" + name + " is not in this build, which has "
                            + (names.isEmpty() ? "none" : String.join(", ", names))
                            + ": a sink is built in by its name, e.g."
                            + " mvn package -Dproduction -Dpostgres -DskipTests");
                });
    }
}
