package loginstream.route.limits;

import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.spi.Language;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.util.OgnlHelper;

/**
 * What Simple asks for the members of things and for their methods ({@code ${body[locale].toLowerCase()}}): of plain data it
 * gets them; nothing on the way may be anything else, or every class could be had by it.
 */
final class LimitedBeans implements Language {
    private static final int BEAN = 1;
    private static final int OGNL = 2;
    private static final Pattern NAME = Pattern.compile("[?.]*([A-Za-z_$][A-Za-z0-9_$]*)");
    private static final Pattern PATH = Pattern.compile("[.?\\[].*");

    private final Language language;
    private final Allowed allowed;

    /**
     * @param language Camel's language of beans, which Simple asks
     */
    LimitedBeans(Language language, Allowed allowed) {
        this.language = language;
        this.allowed = allowed;
    }

    @Override
    public Expression createExpression(String text, Object[] properties) {
        boolean isPath = properties != null
                && properties.length > OGNL
                && properties[BEAN] != null
                && properties[OGNL] instanceof String path
                && PATH.matcher(path).matches();
        if (!isPath) {
            requireBeans();
        } else if (!allowed.areClassesAllowed()) {
            return new StepByStep((String) properties[OGNL], properties);
        }
        return language.createExpression(text, properties);
    }

    @Override
    public Expression createExpression(String text) {
        requireBeans();
        return language.createExpression(text);
    }

    @Override
    public Predicate createPredicate(String text) {
        requireBeans();
        return language.createPredicate(text);
    }

    private void requireBeans() {
        allowed.require("the language", "bean");
    }

    private Object requirePlain(Object value, String step) {
        boolean plain = value == null
                || value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Map
                || value instanceof Map.Entry
                || value instanceof Collection
                || value instanceof Temporal
                || value instanceof Date
                || value.getClass().isArray();
        Matcher name = NAME.matcher(step);
        if (!plain || name.lookingAt() && name.group(1).toLowerCase().endsWith("class")) {
            throw allowed.refused("\"" + step + "\" of "
                    + (value == null ? "nothing" : value.getClass().getName()));
        }
        return value;
    }

    /** Looks at each value before the next step is taken from it. */
    private final class StepByStep extends ExpressionAdapter {
        private final String ognl;
        private final Object[] properties;

        StepByStep(String ognl, Object[] properties) {
            this.ognl = ognl;
            this.properties = properties;
        }

        @Override
        public Object evaluate(Exchange exchange) {
            Object value = properties[BEAN];
            for (String step : OgnlHelper.splitOgnl(ognl)) {
                requirePlain(value, step);
                if (value == null) {
                    if (OgnlHelper.isNullSafeOperator(step)) {
                        return null;
                    }
                    throw new IllegalArgumentException("nothing is there for " + step + " in " + ognl);
                }
                Object[] single = properties.clone();
                single[BEAN] = value;
                single[OGNL] = step;
                Expression expression = language.createExpression(null, single);
                expression.init(exchange.getContext());
                value = expression.evaluate(exchange, Object.class);
            }
            return value;
        }
    }
}
