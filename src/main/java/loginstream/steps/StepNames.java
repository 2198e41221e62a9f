package loginstream.steps;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.NodeIdFactory;

/**
 * Names for steps that have none in their route, e.g. {@code setHeader2}. Each context counts from 1, while Camel goes on
 * counting over all contexts of a process: a rehearsal would then call a step by another name than the route.
 */
public final class StepNames implements NodeIdFactory {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public String createId(NamedNode step) {
        return step.getShortName() + counts.merge(step.getShortName(), 1, Integer::sum);
    }
}
