package loginstream.route.limits;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;

/** Texts that come from elsewhere: {@code constant: resource:file:/etc/passwd} is one that Camel reads there. */
record LimitedResources(ResourceLoader resources, Allowed allowed) implements ResourceLoader {
    @Override
    public Resource resolveResource(String uri) {
        int scheme = uri.indexOf(':');
        allowed.require("the resource", scheme < 0 ? "classpath" : uri.substring(0, scheme));
        return resources.resolveResource(uri);
    }

    @Override
    public void setCamelContext(CamelContext context) {
        resources.setCamelContext(context);
    }

    @Override
    public CamelContext getCamelContext() {
        return resources.getCamelContext();
    }
}
