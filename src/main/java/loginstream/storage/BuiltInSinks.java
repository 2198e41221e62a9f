package loginstream.storage;

import java.util.List;
import java.util.Optional;

/** Those of the sinks that there are which this build has. */
public final class BuiltInSinks {
    private static final String PACKAGE = "loginstream.storage.";

    private enum Known {
        POSTGRES("postgres", "PostgresSink"),
        ICEBERG("iceberg", "IcebergSink");

        private final String sinkName;
        private final String className;

        Known(String name, String className) {
            this.sinkName = name;
            this.className = PACKAGE + name + "." + className;
        }

        private Optional<Sink> load() {
            try {
                return Optional.of(
                        (Sink) Class.forName(className).getDeclaredConstructor().newInstance());
            } catch (ClassNotFoundException e) {
                return Optional.empty(); // not asked for
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(className + " cannot be made", e);
            }
        }
    }

    private BuiltInSinks() {}

    /** The one of that name, if this build has it. */
    static Optional<Sink> find(String name) {
        return List.of(Known.values()).stream()
                .filter(known -> known.sinkName.equals(name))
                .findFirst()
                .flatMap(Known::load);
    }

    /** Their names, or that there are none. */
    public static List<String> names() {
        List<String> names = List.of(Known.values()).stream()
                .flatMap(known -> known.load().stream())
                .map(Sink::name)
                .toList();
        return names.isEmpty() ? List.of("none") : names;
    }
}
