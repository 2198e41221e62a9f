package loginstream.storage;

import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.SettingValues;
import org.apache.camel.RoutesBuilder;

/** A kind of store for processed logins, in builds that ask for it. */
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
        return BuiltInSinks.find(name)
                .orElseThrow(() -> new InvalidSettingException("loginstream.sink=" + name
                        + " is not in this build, which has " + String.join(", ", BuiltInSinks.names())
                        + ": a sink is built in by its name, e.g. mvn package -Dproduction -Dpostgres -DskipTests"));
    }
}
