package loginstream.enrichment;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What stands in the place of a text that is personal data. */
final class Concealment {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int IPV4_NET = 3;
    private static final int IPV6_NET = 6;
    private static final int SHOWN = 4;

    private final PersonalDataSettings settings;

    Concealment(PersonalDataSettings settings) {
        this.settings = settings;
    }

    /** What it is to be; null where nothing is to be left of it. */
    String of(String text) {
        return switch (settings.mode()) {
            case KEEP -> text;
            case DROP -> null;
            case HASH -> settings.keyId().isEmpty() ? hash(text) : settings.keyId() + ":" + hash(text);
            case MASK -> mask(text);
        };
    }

    private String hash(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(settings.key().value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Of an address its network (/24 or /48), of anything else the last four characters. */
    private static String mask(String text) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
        if (address == null) {
            int hidden = text.length() <= SHOWN ? text.length() : text.length() - SHOWN;
            return "*".repeat(hidden) + text.substring(hidden);
        }
        int net = address.length == 4 ? IPV4_NET : IPV6_NET;
        Arrays.fill(address, net, address.length, (byte) 0);
        try {
            return NetUtil.toAddressString(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // of another length than addresses have
        }
    }
}
