package loginstream.login;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.SingleLogin;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class LoginBatchTest {
    private final LoginBatch batch = new LoginBatch(
            List.of(record(1, "a", good()), record(2, "b", good()), record(3, "c", good()), record(4, "d", good())),
            new RecordingOutbox());

    @Test
    void letsAStepSeeEachLoginThatIsStillOnItsWayInOrder() throws Exception {
        // Given
        List<Long> seen = new ArrayList<>();
        batch.forEachOpen(login -> {
            if (login.source().offset() == 2) {
                login.filterOut();
            }
        });

        // When
        batch.forEachOpen(login -> seen.add(login.source().offset()));

        // Then
        assertThat(seen).containsExactly(1L, 3L, 4L);
        assertThat(batch.size()).isEqualTo(4);
        assertThat(batch.takeFailures()).isEmpty();
    }

    @Test
    void keepsWhatAStepThrowsAtALoginAndGoesOnWithTheOthers() {
        // Given
        List<Long> seen = new ArrayList<>();
        IllegalStateException third = new IllegalStateException("third");
        LoginStep step = login -> {
            seen.add(login.source().offset());
            if (login.source().offset() == 3) {
                throw third;
            }
        };

        // When
        batch.forEachOpen(step);

        // Then
        assertThat(seen).containsExactly(1L, 2L, 3L, 4L);
        assertThat(batch.takeFailures()).singleElement().satisfies(failure -> {
            assertThat(failure.login()).hasToString("user-login-2@3");
            assertThat(failure.exception()).isSameAs(third);
        });
        assertThat(batch.takeFailures()).isEmpty();
    }

    @Test
    void passesALoginToTheNextStepOnlyWhileItIsOnItsWay() throws Exception {
        // Given
        List<Long> seen = new ArrayList<>();
        LoginStep first = login -> {
            if (login.source().offset() < 3) {
                login.filterOut();
            }
        };

        // When
        batch.forEachOpen(first.andThen(login -> seen.add(login.source().offset())));

        // Then
        assertThat(seen).containsExactly(3L, 4L);
    }

    @Test
    void isHandledAsAMessageBodyOrOneLoginByItsExchange() throws Exception {
        // Given
        List<Long> seen = new ArrayList<>();
        EachLogin each = new EachLogin(login -> seen.add(login.source().offset()));
        SingleLogin.read(batch);
        Login done = batch.iterator().next();
        done.filterOut();

        // When
        each.process(exchange(batch));
        for (Login login : batch) {
            Exchange own = exchange(login.asMap());
            own.setProperty(Login.PROPERTY, login);
            each.process(own);
        }

        // Then
        assertThat(seen).containsExactly(2L, 3L, 4L, 2L, 3L, 4L);
        assertThat(batch.takeFailures()).isEmpty();
    }

    @Test
    void saysWhatIsNoBatch() {
        // Given
        EachLogin each = new EachLogin(login -> {});

        // When
        var handling = assertThatIllegalArgumentException().isThrownBy(() -> each.process(exchange(null)));

        // Then
        handling.withMessageContaining("is null");
    }

    @Test
    void showsItsSizeAndWhereItBegins() {
        // When
        String shown = batch.toString();

        // Then
        assertThat(shown).isEqualTo("4 logins from user-login-2@1");
    }

    private static Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
