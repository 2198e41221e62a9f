package loginstream.steps;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import loginstream.login.LoginBatch;
import loginstream.login.LoginJson;
import loginstream.steps.BatchAwareStep.BatchOperation;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Ordered;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RemovePropertiesDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.dataformat.JsonDataFormat;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.processor.SendProcessor;
import org.apache.camel.spi.InterceptStrategy;

/**
 * Lets each step of each route meet batches in its own way: those that know batches handle one at once, every other one
 * is run for each login. It is the outermost of all interceptors, just inside the step's error handler.
 */
final class StepInterceptor implements InterceptStrategy, Ordered {
    private final Lifting lifting;
    private final LoginRoutes routes;
    private final LoginJson json;
    private final StepWatch watch;

    StepInterceptor(Lifting lifting, LoginRoutes routes, LoginJson json, StepWatch watch) {
        this.lifting = lifting;
        this.routes = routes;
        this.json = json;
        this.watch = watch;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        Processor raw = nextTarget == null ? target : nextTarget;
        // Other interceptors want to see each login: then no step handles a batch at once.
        BatchOperation operation = nextTarget == null ? operationOf(context, definition, raw) : null;
        Processor single = single(definition, target, raw);
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(definition);
        String routeId = route == null ? "" : route.getRouteId();
        return operation != null
                ? new BatchAwareStep(single, raw, operation, lifting, routeId)
                : lifted(definition, single, raw, routeId);
    }

    private LiftedStep lifted(NamedNode definition, Processor single, Processor raw, String routeId) {
        StepKind kind = StepKinds.of(definition, raw);
        LiftedStep step = new LiftedStep(single, raw, kind, lifting, routeId);
        if (kind == StepKind.SENDING || kind == StepKind.OUTSIDE) {
            step.watchedBy(watch.of(definition, raw instanceof SendProcessor send ? send.getDestination() : null));
        }
        return step;
    }

    private Processor single(NamedNode definition, Processor target, Processor raw) {
        if (definition instanceof RemovePropertiesDefinition) {
            return new LoginStays(target);
        }
        return isTextbookJson(definition) ? new TextbookJson(definition, raw, json, routes) : target;
    }

    private BatchOperation operationOf(CamelContext context, NamedNode definition, Processor raw) {
        if (definition instanceof ProcessDefinition process) {
            return LoginRoutes.isBatchStep(context, process) ? (batch, exchange) -> raw.process(exchange) : null;
        }
        if (definition instanceof BeanDefinition bean) {
            return takesBatch(context, bean) ? (batch, exchange) -> raw.process(exchange) : null;
        }
        if (definition instanceof UnmarshalDefinition unmarshal
                && isLoginJson(context, unmarshal.getDataFormatType())) {
            return unmarshal.getVariableSend() == null && unmarshal.getVariableReceive() == null
                    ? (batch, exchange) -> json.unmarshal(batch)
                    : null;
        }
        if (definition instanceof MarshalDefinition marshal && isLoginJson(context, marshal.getDataFormatType())) {
            return marshal.getVariableSend() == null && marshal.getVariableReceive() == null
                    ? (batch, exchange) -> json.marshal(batch)
                    : null;
        }
        if (!sendsToKafka(raw)) {
            return null;
        }
        boolean last = isLast(definition);
        return (batch, exchange) -> {
            if (!last) {
                batch.keepOrder(); // what follows may send for a login before this has for the next one
            }
            raw.process(exchange);
        };
    }

    /** Whether a route ends with that step. */
    private static boolean isLast(NamedNode step) {
        return step.getParent() instanceof RouteDefinition route
                && route.getOutputs().get(route.getOutputs().size() - 1) == step;
    }

    private static String text(CamelContext context, String text) {
        return context.resolvePropertyPlaceholders(text);
    }

    private static boolean takesBatch(CamelContext context, BeanDefinition definition) {
        Object bean = definition.getBean();
        if (bean == null && definition.getRef() != null) {
            bean = context.getRegistry().lookupByName(text(context, definition.getRef()));
        }
        Class<?> type = bean == null ? definition.getBeanClass() : bean.getClass();
        if (type == null && definition.getBeanType() != null) {
            type = context.getClassResolver().resolveClass(text(context, definition.getBeanType()));
        }
        return type != null
                && Arrays.stream(type.getMethods())
                        .filter(method -> definition.getMethod() == null
                                || method.getName().equals(definition.getMethod()))
                        .anyMatch(StepInterceptor::takesBatch);
    }

    private static boolean takesBatch(Method method) {
        return Arrays.asList(method.getParameterTypes()).contains(LoginBatch.class);
    }

    private static boolean isLoginJson(CamelContext context, DataFormatDefinition format) {
        return LoginRoutes.isLoginJson(context, format) || isTextbook(format);
    }

    static boolean isTextbookJson(NamedNode definition) {
        return definition instanceof UnmarshalDefinition unmarshal && isTextbook(unmarshal.getDataFormatType())
                || definition instanceof MarshalDefinition marshal && isTextbook(marshal.getDataFormatType());
    }

    /** Jackson without options: what the logins' own format does too, only that it keeps what nobody has changed. */
    private static boolean isTextbook(DataFormatDefinition format) {
        return format instanceof JsonDataFormat json
                && (json.getLibrary() == null || json.getLibrary() == JsonLibrary.Jackson)
                && Stream.of(
                                json.getUnmarshalTypeName(),
                                json.getUnmarshalType(),
                                json.getObjectMapper(),
                                json.getPrettyPrint(),
                                json.getJsonViewTypeName(),
                                json.getJsonView(),
                                json.getInclude(),
                                json.getCollectionTypeName(),
                                json.getCollectionType(),
                                json.getUseList(),
                                json.getModuleClassNames(),
                                json.getModuleRefs(),
                                json.getEnableFeatures(),
                                json.getDisableFeatures(),
                                json.getNamingStrategy())
                        .allMatch(Objects::isNull);
    }

    private static boolean sendsToKafka(Processor raw) {
        return raw instanceof SendProcessor send
                && send.getVariableSend() == null
                && send.getVariableReceive() == null
                && send.getDestination() instanceof KafkaEndpoint;
    }
}
