package loginstream.filter;

import loginstream.login.Login;
import loginstream.login.LoginStep;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.support.DefaultExchange;

/**
 * Keeps the logins that match {@code loginstream.filter}, a predicate in Camel's Simple language whose body is a map of
 * all the login's members: {@code ${body[locale]} == 'RU'}.
 */
public final class LoginFilter implements LoginStep {
    private final CamelContext context;
    private final Predicate predicate;

    /**
     * @param expression the predicate; blank keeps every login
     * @throws org.apache.camel.language.simple.types.SimpleIllegalSyntaxException if it is not a Simple predicate
     */
    public LoginFilter(CamelContext context, String expression) {
        this.context = context;
        this.predicate =
                expression.isBlank() ? null : context.resolveLanguage("simple").createPredicate(expression);
        if (predicate != null) {
            predicate.init(context);
        }
    }

    @Override
    public void apply(Login login) {
        if (predicate != null && !matches(login)) {
            login.filterOut();
        }
    }

    private boolean matches(Login login) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(login.asMap());
        return predicate.matches(exchange);
    }
}
