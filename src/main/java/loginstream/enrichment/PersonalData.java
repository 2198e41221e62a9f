package loginstream.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.login.LoginMembers.Kind;
import loginstream.login.LoginStep;
import loginstream.login.MemberPath;

/**
 * What becomes of personal data in the output ({@code loginstream.pii}): kept, replaced by its HMAC-SHA-256 in hexadecimal,
 * dropped, or shortened. A record's key that is one of the texts is treated like it. Dead letters hold the original.
 */
public final class PersonalData implements LoginStep {
    private final boolean kept;
    private final boolean dropped;
    private final Concealment concealment;
    /** Members that are read anyway. */
    private final Set<LoginField> fields = EnumSet.noneOf(LoginField.class);
    /** The others, which are looked for. */
    private final List<MemberPath> paths;

    public PersonalData(PersonalDataSettings settings) {
        this.kept = settings.isKept();
        this.dropped = settings.mode() == PersonalDataSettings.Mode.DROP;
        this.concealment = new Concealment(settings);
        List<String> others = new ArrayList<>();
        settings.fields().forEach(name -> {
            LoginField field = LoginField.named(name);
            if (field == null) {
                others.add(name);
            } else {
                fields.add(field);
            }
        });
        this.paths = MemberPath.all(others);
    }

    @Override
    public void apply(Login login) throws IOException {
        if (kept) {
            return;
        }
        for (LoginField field : fields) {
            apply(login, field);
        }
        for (MemberPath path : paths) {
            path.change(login, this::concealed);
        }
    }

    private void apply(Login login, LoginField field) {
        String text = login.text(field);
        if (text == null) {
            Kind kind = login.members().kind(field);
            if (kind == Kind.OTHER || kind == Kind.NULL && dropped) {
                login.remove(field.jsonName());
            }
            return;
        }
        String concealed = concealment.of(text);
        if (concealed == null) {
            login.remove(field.jsonName());
        } else {
            login.replace(field.jsonName(), concealed);
        }
        byte[] key = login.source().key();
        if (key == null ? field == LoginField.USER_ID : Arrays.equals(key, utf8(text))) {
            login.replaceKey(concealed == null ? null : utf8(concealed));
        }
    }

    /** A text or a number in another form; of everything else nothing is left. */
    private JsonNode concealed(JsonNode value) {
        if (value.isNull() && !dropped) {
            return value;
        }
        String concealed = value.isTextual() || value.isNumber() ? concealment.of(value.asText()) : null;
        return concealed == null ? null : TextNode.valueOf(concealed);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
