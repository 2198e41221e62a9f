package loginstream.steps;

import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ConvertBodyDefinition;
import org.apache.camel.model.ConvertHeaderDefinition;
import org.apache.camel.model.ConvertVariableDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RemoveHeaderDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RemovePropertiesDefinition;
import org.apache.camel.model.RemovePropertyDefinition;
import org.apache.camel.model.RemoveVariableDefinition;
import org.apache.camel.model.RollbackDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SamplingDefinition;
import org.apache.camel.model.SetBodyDefinition;
import org.apache.camel.model.SetExchangePatternDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.SortDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TransformDefinition;
import org.apache.camel.model.ValidateDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.processor.SendProcessor;

/** What kind each step of Camel is of. Whatever is not named is of the kind that takes most care. */
final class StepKinds {
    private static final Set<Class<?>> LEAVES = Set.of(
            ConvertBodyDefinition.class,
            ConvertHeaderDefinition.class,
            ConvertVariableDefinition.class,
            DelayDefinition.class,
            LogDefinition.class,
            RemoveHeaderDefinition.class,
            RemoveHeadersDefinition.class,
            RemovePropertiesDefinition.class,
            RemovePropertyDefinition.class,
            RemoveVariableDefinition.class,
            RollbackDefinition.class,
            SamplingDefinition.class,
            SetBodyDefinition.class,
            SetExchangePatternDefinition.class,
            SetHeaderDefinition.class,
            SetHeadersDefinition.class,
            SetPropertyDefinition.class,
            SetVariableDefinition.class,
            SetVariablesDefinition.class,
            SortDefinition.class,
            StopDefinition.class,
            ThrottleDefinition.class,
            ThrowExceptionDefinition.class,
            TransformDefinition.class,
            ValidateDefinition.class);

    private static final Set<Class<?>> SENDING = Set.of(
            ToDefinition.class,
            ToDynamicDefinition.class,
            RecipientListDefinition.class,
            RoutingSlipDefinition.class,
            DynamicRouterDefinition.class,
            EnrichDefinition.class,
            PollEnrichDefinition.class,
            PollDefinition.class);

    /** Components that hand messages to another thread. */
    private static final Set<String> HANDING_OVER = Set.of("seda", "disruptor");

    private StepKinds() {}

    static StepKind of(NamedNode definition, Processor raw) {
        if (definition instanceof WireTapDefinition
                || raw instanceof SendProcessor send && handsOver(send.getDestination())) {
            return StepKind.OUTSIDE;
        }
        if (LEAVES.contains(definition.getClass())) {
            return StepKind.LEAF;
        }
        return SENDING.contains(definition.getClass()) ? StepKind.SENDING : StepKind.ANY;
    }

    private static boolean handsOver(Endpoint endpoint) {
        String uri = endpoint.getEndpointUri();
        int colon = uri.indexOf(':');
        return colon > 0 && HANDING_OVER.contains(uri.substring(0, colon));
    }
}
