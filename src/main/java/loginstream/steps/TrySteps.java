package loginstream.steps;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.reifier.ProcessorReifier;
import org.apache.camel.spi.ProcessorFactory;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Wraps {@code doTry}, which Camel shows to no interceptor, so that it can be lifted like every other step. */
final class TrySteps implements ProcessorFactory {
    private final ProcessorFactory others;

    TrySteps(ProcessorFactory others) {
        this.others = others;
    }

    @Override
    public Processor createProcessor(Route route, NamedNode definition) throws Exception {
        if (definition instanceof TryDefinition) {
            Processor tryProcessor = ProcessorReifier.reifier(route, (ProcessorDefinition<?>) definition)
                    .createProcessor();
            return new DelegateAsyncProcessor(AsyncProcessorConverterHelper.convert(tryProcessor));
        }
        return others.createProcessor(route, definition);
    }

    @Override
    public Processor createChildProcessor(Route route, NamedNode definition, boolean mandatory) throws Exception {
        return others.createChildProcessor(route, definition, mandatory);
    }

    @Override
    public Processor createProcessor(CamelContext context, String definitionName, Object[] args) throws Exception {
        return others.createProcessor(context, definitionName, args);
    }
}
