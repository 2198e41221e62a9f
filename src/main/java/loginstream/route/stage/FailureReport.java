package loginstream.route.stage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import loginstream.kafka.failure.Reason;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.LineNumberAware;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why routes cannot be used: one line, with file and line as far as Camel knows them. It counts the lines of steps in block
 * style; of one in braces, it names the line before.
 */
public final class FailureReport {
    /** What the place of a file begins with, as Camel has it. */
    public static final String SCHEME = "file:";

    private static final Pattern DOUBLED_CONFIGURATION =
            Pattern.compile("Route configuration already exists with id: (.+)");

    private final Model model;

    /**
     * @param context that holds the routes as far as they were read
     */
    public FailureReport(CamelContext context) {
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /**
     * The line.
     *
     * @param suspect what is to blame if the failure does not say, where that is known
     */
    public String of(Exception failure, Optional<? extends LineNumberAware> suspect) {
        String reason = reason(failure);
        if (reason.startsWith(SCHEME)) { // of a step that is refused: it names its own place
            return reason.substring(SCHEME.length());
        }
        return placeInYaml(failure)
                        .or(() -> suspect.flatMap(FailureReport::place))
                        .or(() -> route(failure).map(RouteDefinition::getInput).flatMap(FailureReport::place))
                        .or(() -> configuration(reason).flatMap(FailureReport::place))
                        .map(place -> place + ": ")
                        .orElse("")
                + reason;
    }

    /** The innermost reason, without line breaks. */
    public static String reason(Throwable failure) {
        Throwable innermost = causes(failure).reduce((outer, inner) -> inner).orElseThrow();
        String reason =
                innermost instanceof MarkedYamlEngineException yaml ? yaml.getProblem() : innermost.getMessage();
        return Reason.oneLine(reason == null ? innermost.toString() : reason).strip();
    }

    private static Optional<String> placeInYaml(Throwable failure) {
        return causes(failure)
                .filter(MarkedYamlEngineException.class::isInstance)
                .map(cause -> ((MarkedYamlEngineException) cause).getProblemMark())
                .flatMap(Optional::stream)
                .reduce((outer, inner) -> inner)
                .map(FailureReport::place);
    }

    private static String place(Mark mark) {
        return place(mark.getName(), mark.getLine() + 1);
    }

    /** Where something stands, as far as Camel knows. */
    public static Optional<String> place(LineNumberAware part) {
        return Optional.ofNullable(part.getLocation()).map(location -> place(location, part.getLineNumber()));
    }

    private static String place(String location, int line) {
        String file = location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : location;
        return line > 0 ? file + ":" + line : file;
    }

    /** The route that could not be created or started. */
    private Optional<RouteDefinition> route(Throwable failure) {
        return causes(failure)
                .map(FailureReport::routeId)
                .flatMap(Optional::stream)
                .findFirst()
                .map(model::getRouteDefinition);
    }

    /** The one that is there already where there is another one of its id. */
    private Optional<RouteConfigurationDefinition> configuration(String reason) {
        Matcher doubled = DOUBLED_CONFIGURATION.matcher(reason);
        return doubled.matches()
                ? Optional.ofNullable(model.getRouteConfigurationDefinition(doubled.group(1)))
                : Optional.empty();
    }

    private static Optional<String> routeId(Throwable cause) {
        if (cause instanceof FailedToCreateRouteException creation) {
            return Optional.ofNullable(creation.getRouteId());
        }
        return cause instanceof FailedToStartRouteException start
                ? Optional.ofNullable(start.getRouteId())
                : Optional.empty();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
