package loginstream.route.limits;

import java.lang.reflect.Method;
import org.apache.camel.BeanScope;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.spi.BeanProcessorFactory;

/** The step {@code bean}, which asks neither a component nor a language. One that names a class needs that only. */
record LimitedBeanSteps(BeanProcessorFactory processors, Allowed allowed) implements BeanProcessorFactory {
    @Override
    public Processor createBeanProcessor(CamelContext context, Object bean, Method method) throws Exception {
        allowed.require("the step", "bean");
        return processors.createBeanProcessor(context, bean, method);
    }

    @Override
    public Processor createBeanProcessor(
            CamelContext context,
            Object bean,
            String beanType,
            Class<?> beanClass,
            String ref,
            String method,
            BeanScope scope)
            throws Exception {
        if (beanType == null && beanClass == null) {
            allowed.require("the step", "bean");
        }
        return processors.createBeanProcessor(context, bean, beanType, beanClass, ref, method, scope);
    }
}
