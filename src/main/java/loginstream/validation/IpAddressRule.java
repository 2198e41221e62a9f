package loginstream.validation;

import io.netty.util.NetUtil;
import loginstream.login.PlainText;

/** An IPv4 dotted quad or an IPv6 literal, without zone, brackets or prefix length. Nothing is ever looked up. */
final class IpAddressRule extends StringRule {
    private static final int LONGEST = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

    @Override
    String violation(CharSequence text) {
        return isAddress(text) ? null : "not an IP address: " + PlainText.quoted(text);
    }

    private static boolean isAddress(CharSequence text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        return isQuad(text) || isIpv6(text.toString());
    }

    /** Netty takes a quad at the end only after one of two prefixes; by RFC 4291 it may stand for any last 32 bits. */
    private static boolean isIpv6(String text) {
        if (text.indexOf('%') >= 0 || text.charAt(0) == '[') {
            return false;
        }
        if (text.indexOf('.') < 0) {
            return NetUtil.isValidIpV6Address(text);
        }
        int quad = text.lastIndexOf(':') + 1;
        return isQuad(text.substring(quad)) && NetUtil.isValidIpV6Address(text.substring(0, quad) + "0:0");
    }

    private static boolean isQuad(CharSequence text) {
        return NetUtil.isValidIpV4Address(text) && !hasLeadingZero(text);
    }

    /** Some read 010 as eight, so a quad with a leading zero means different hosts to different readers. */
    private static boolean hasLeadingZero(CharSequence quad) {
        boolean startsNumber = true;
        for (int i = 0; i + 1 < quad.length(); i++) {
            char c = quad.charAt(i);
            if (startsNumber && c == '0' && quad.charAt(i + 1) != '.') {
                return true;
            }
            startsNumber = c == '.';
        }
        return false;
    }
}
