package loginstream.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressRuleTest {
    private final IpAddressRule rule = new IpAddressRule();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "199.172.111.135",
                "0.0.0.0",
                "255.255.255.255",
                "127.0.0.1",
                "::",
                "::1",
                "2001:db8::8a2e:370:7334",
                "2001:0DB8:0000:0000:0000:8A2E:0370:7334",
                "::ffff:192.0.2.128",
                "::13.1.68.3",
                "0:0:0:0:0:0:13.1.68.3",
                "64:ff9b::192.0.2.33",
                "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
                "fe80::1"
            })
    void acceptsAnAddress(String address) {
        // When
        String violation = rule.violation(address);

        // Then
        assertThat(violation).isNull();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                argumentSet("empty", ""),
                argumentSet("blank", " "),
                argumentSet("a name", "localhost"),
                argumentSet("a name that resolves", "example.com"),
                argumentSet("three numbers", "199.172.111"),
                argumentSet("five numbers", "1.2.3.4.5"),
                argumentSet("number too large", "1.2.3.256"),
                argumentSet("empty number", "1..3.4"),
                argumentSet("leading zero", "1.2.3.04"),
                argumentSet("leading zero first", "01.2.3.4"),
                argumentSet("two zeros", "1.2.3.00"),
                argumentSet("hexadecimal quad", "0x7f.0.0.1"),
                argumentSet("one large number", "2130706433"),
                argumentSet("dot last", "1.2.3.4."),
                argumentSet("negative", "1.2.3.-4"),
                argumentSet("blank around", " 1.2.3.4"),
                argumentSet("blank after", "1.2.3.4 "),
                argumentSet("prefix length", "1.2.3.4/24"),
                argumentSet("port", "1.2.3.4:80"),
                argumentSet("digits of another script", "١.2.3.4"),
                argumentSet("IPv6 with zone", "fe80::1%eth0"),
                argumentSet("IPv6 with numbered zone", "fe80::1%1"),
                argumentSet("IPv6 in brackets", "[::1]"),
                argumentSet("IPv6 with prefix length", "2001:db8::/32"),
                argumentSet("IPv6 with two gaps", "1::2::3"),
                argumentSet("IPv6 of nine groups", "1:2:3:4:5:6:7:8:9"),
                argumentSet("IPv6 of seven groups", "1:2:3:4:5:6:7"),
                argumentSet("IPv6 group too long", "12345::1"),
                argumentSet("IPv6 with a letter too high", "g::1"),
                argumentSet("IPv6 with a colon first", ":1:2:3:4:5:6:7:8"),
                argumentSet("one colon", ":"),
                argumentSet("IPv6 with a bad quad", "::ffff:192.0.2.256"),
                argumentSet("IPv6 with a leading zero in its quad", "::ffff:010.0.2.25"),
                argumentSet("IPv6 with a quad too many", "1:2:3:4:5:6:7:1.2.3.4"),
                argumentSet("IPv6 with a quad in the middle", "::1.2.3.4:5"),
                argumentSet("one colon before a quad", ":1.2.3.4"),
                argumentSet("line break last", "::1\n"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatIsNoAddressLiteral(String text) {
        // When
        String violation = rule.violation(text);

        // Then
        assertThat(violation).startsWith("not an IP address: \"");
    }
}
