package loginstream.enrichment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.login.LoginStep;

/**
 * What becomes of {@code ip} and {@code device_id} in the output ({@code loginstream.pii}): kept, replaced by their
 * HMAC-SHA-256 in hexadecimal, or dropped. Dead letters hold the original in every case.
 */
public final class PersonalData implements LoginStep {
    private static final List<LoginField> FIELDS = List.of(LoginField.IP, LoginField.DEVICE_ID);
    private static final String ALGORITHM = "HmacSHA256";

    private final PersonalDataSettings settings;

    public PersonalData(PersonalDataSettings settings) {
        this.settings = settings;
    }

    @Override
    public void apply(Login login) throws GeneralSecurityException {
        switch (settings.mode()) {
            case KEEP -> {}
            case DROP -> FIELDS.forEach(field -> login.remove(field.jsonName()));
            case HASH -> {
                for (LoginField field : FIELDS) {
                    String text = login.text(field);
                    if (text != null) {
                        login.replace(field.jsonName(), hash(text));
                    }
                }
            }
        }
    }

    private String hash(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(settings.key().value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
