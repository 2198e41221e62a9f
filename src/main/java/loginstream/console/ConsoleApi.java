package loginstream.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loginstream.deadletter.redrive.RedriveRequest;
import loginstream.deadletter.store.DeadLetterException;
import loginstream.deadletter.store.DeadLetterFilter;
import loginstream.deadletter.store.DeadLetterJson;
import loginstream.deadletter.store.DeadLetterReader;
import loginstream.deadletter.store.RecordPosition;
import loginstream.delivery.ConsumingRoutes;
import loginstream.login.Failure;
import loginstream.login.MemberEdits;

/**
 * What the console can show and do, apart from HTTP. All results are made for JSON; what cannot be done is a
 * {@link RefusedException}.
 */
final class ConsoleApi {
    private static final int LETTERS_SHOWN = 100;
    private static final int MOST_SELECTED = 1_000;

    private final PipelineStatus status;
    private final ConsumingRoutes consumingRoutes;
    private final Supplier<List<RouteSource>> route;
    private final DeadLetterReader reader;
    private final BackgroundRedrive redrives;
    /** What stands in the place of personal data; null where it may be shown. */
    private final String hidden;

    /**
     * What to send again.
     *
     * @param positions in the dead-letter topic
     * @param edits {@code name=value}, made in each first
     */
    record RedriveOrder(List<String> positions, List<String> edits) {}

    /** Whether there are more than these is told by there being {@link #LETTERS_SHOWN}. */
    record DeadLetterList(List<ObjectNode> letters, int most) {}

    /**
     * @param hidden what stands in the place of a dead letter's value; null where that may be shown
     */
    ConsoleApi(
            PipelineStatus status,
            ConsumingRoutes consumingRoutes,
            Supplier<List<RouteSource>> route,
            DeadLetterReader reader,
            BackgroundRedrive redrives,
            String hidden) {
        this.status = status;
        this.consumingRoutes = consumingRoutes;
        this.route = route;
        this.reader = reader;
        this.redrives = redrives;
        this.hidden = hidden;
    }

    Overview overview(long since) {
        return status.overview(since);
    }

    List<RouteSource> route() {
        return route.get();
    }

    /** Changes nothing where it is paused already. */
    Overview pause() {
        try {
            consumingRoutes.pause();
        } catch (Exception e) {
            throw new RefusedException(500, "the route could not be paused: " + e.getMessage());
        }
        return status.overview(Long.MAX_VALUE);
    }

    /** Changes nothing where it is running. */
    Overview resume() {
        try {
            consumingRoutes.resume();
        } catch (Exception e) {
            throw new RefusedException(500, "the route could not be resumed: " + e.getMessage());
        }
        return status.overview(Long.MAX_VALUE);
    }

    /** The newest dead letters that match {@code failure}, {@code reason} and {@code pending}. */
    DeadLetterList deadLetters(MultiMap query) {
        try {
            String failure = textOrNull(query, "failure");
            DeadLetterFilter filter = new DeadLetterFilter(
                    failure == null ? null : Failure.of(failure),
                    textOrNull(query, "reason"),
                    null,
                    null,
                    null,
                    Boolean.parseBoolean(query.get("pending")),
                    Set.of());
            return new DeadLetterList(
                    reader.newest(filter, LETTERS_SHOWN).stream()
                            .map(hidden == null ? DeadLetterJson::summary : DeadLetterJson::discreetSummary)
                            .toList(),
                    LETTERS_SHOWN);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, e.getMessage());
        } catch (DeadLetterException e) {
            throw new RefusedException(503, e.getMessage());
        }
    }

    private static String textOrNull(MultiMap query, String name) {
        String text = query.get(name);
        return text == null || text.isBlank() ? null : text;
    }

    /** One dead letter with its value and headers. */
    ObjectNode deadLetter(String position) {
        try {
            return reader.find(RecordPosition.parse(position))
                    .map(letter ->
                            hidden == null ? DeadLetterJson.whole(letter) : DeadLetterJson.discreet(letter, hidden))
                    .orElseThrow(() -> new RefusedException(404, position + " is not there any more"));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, e.getMessage());
        } catch (DeadLetterException e) {
            throw new RefusedException(503, e.getMessage());
        }
    }

    /** How the latest redrive goes. */
    BackgroundRedrive.Progress redrive() {
        return redrives.progress();
    }

    /** Begins a redrive in the background. */
    BackgroundRedrive.Progress startRedrive(RedriveOrder order) {
        if (order.positions() == null || order.positions().isEmpty()) {
            throw new RefusedException(400, "no dead letter is selected");
        }
        if (order.positions().size() > MOST_SELECTED) {
            throw new RefusedException(400, "at most " + MOST_SELECTED + " can be redriven at once");
        }
        try {
            Set<RecordPosition> positions =
                    texts(order.positions()).map(RecordPosition::parse).collect(Collectors.toSet());
            MemberEdits edits = order.edits() == null
                    ? MemberEdits.none()
                    : MemberEdits.parse(texts(order.edits()).toList());
            return redrives.start(new RedriveRequest(
                    new DeadLetterFilter(null, null, null, null, null, false, positions),
                    edits,
                    RedriveRequest.DEFAULT_MAX_REDRIVES,
                    0));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, e.getMessage());
        }
    }

    /** JSON may hold a null in every place. */
    private static Stream<String> texts(List<String> list) {
        return list.stream().map(String::valueOf);
    }
}
