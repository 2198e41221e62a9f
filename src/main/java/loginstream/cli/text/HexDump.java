package loginstream.cli.text;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Stream;

/** Bytes that are no text: sixteen a line, with what of them are letters beside. */
final class HexDump {
    private HexDump() {}

    /**
     * The first bytes.
     *
     * @param most bytes that are shown
     */
    static List<String> of(byte[] bytes, int most) {
        int shown = Math.min(most, bytes.length);
        String dump = ByteBufUtil.prettyHexDump(Unpooled.wrappedBuffer(bytes, 0, shown));
        String rest = shown < bytes.length ? "and " + (bytes.length - shown) + " more bytes; --json has them all" : "";
        return Stream.concat(dump.lines(), rest.lines()).toList();
    }
}
