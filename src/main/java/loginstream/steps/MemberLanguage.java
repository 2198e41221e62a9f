package loginstream.steps;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.language.bean.BeanLanguage;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Camel's bean language, which Simple asks for the members of a body, with a short way to those of a map. Camel's own way
 * to {@code ${body[locale]}} goes by a copy of the exchange and reflection; {@code ${body.locale}} it knows for beans
 * only.
 */
final class MemberLanguage extends BeanLanguage {
    private static final int BEAN = 1;
    private static final int OGNL = 2;
    private static final Pattern KEY = Pattern.compile("\\[[A-Za-z_][A-Za-z0-9_-]*]");
    private static final Pattern DOTTED = Pattern.compile("\\.[A-Za-z_][A-Za-z0-9_]*");
    /** What a dot calls on a map, also without {@code get} and {@code is}. */
    private static final Set<String> METHODS = Set.of(
            "size",
            "empty",
            "isEmpty",
            "keySet",
            "values",
            "entrySet",
            "class",
            "getClass",
            "hashCode",
            "toString",
            "clear");

    @Override
    public Expression createExpression(String expression, Object[] properties) {
        if (properties != null
                && properties.length > OGNL
                && properties[BEAN] instanceof Map<?, ?> map
                && properties[OGNL] instanceof String ognl) {
            String member = memberOf(ognl);
            if (member != null) {
                return new Member(map.get(member));
            }
        }
        return super.createExpression(expression, properties);
    }

    /** The member that such an expression names and nothing more, or null. */
    private static String memberOf(String ognl) {
        if (KEY.matcher(ognl).matches()) {
            return ognl.substring(1, ognl.length() - 1);
        }
        if (DOTTED.matcher(ognl).matches() && !METHODS.contains(ognl.substring(1))) {
            return ognl.substring(1);
        }
        return null;
    }

    /** A member's value. */
    private static final class Member extends ExpressionAdapter {
        private final Object value;

        Member(Object value) {
            this.value = value;
        }

        @Override
        public Object evaluate(Exchange exchange) {
            return value;
        }

        @Override
        public String toString() {
            return "member";
        }
    }
}
