package loginstream.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;

/**
 * Sees the head of a connection's request before Vert.x does, which forgives more than it should and then does not tell what
 * it has forgiven. What is not as it must be is answered with 400, and the connection closed.
 */
final class HeadCheck extends ChannelInboundHandlerAdapter {
    /** More than Vert.x takes: what is too long is refused there. */
    private static final int MOST_BYTES = 16 * 1024;

    private static final String END = "\r\n\r\n";

    private final StringBuilder head = new StringBuilder();
    private State state = State.READING;
    private long rest;

    private enum State {
        READING,
        ACCEPTED,
        REFUSED
    }

    private HeadCheck() {}

    /** Has to be called before anything was read. */
    static void watch(HttpConnection connection) {
        ((ConnectionBase) connection).channel().pipeline().addFirst(new HeadCheck());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (state == State.ACCEPTED) {
            pass(context, bytes);
            return;
        }
        if (state == State.READING) {
            head.append(bytes.toString(StandardCharsets.ISO_8859_1));
            int end = head.indexOf(END);
            String known = end < 0 ? head.toString() : head.substring(0, end);
            if (RequestHead.hasBareLineFeed(known) || end >= 0 && !RequestHead.isPlain(known)) {
                refuse(context);
            } else if (end >= 0) {
                accept(context, end + END.length() + RequestHead.bodyLength(known));
            } else if (head.length() > MOST_BYTES) {
                accept(context, Long.MAX_VALUE);
            }
        }
        ReferenceCountUtil.release(message);
    }

    /**
     * Lets a request through, and nothing behind it.
     *
     * @param length of head and body
     */
    private void accept(ChannelHandlerContext context, long length) {
        state = State.ACCEPTED;
        rest = length;
        ByteBuf all = Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1);
        head.setLength(0);
        pass(context, all);
    }

    private void pass(ChannelHandlerContext context, ByteBuf bytes) {
        int length = (int) Math.min(rest, bytes.readableBytes());
        rest -= length;
        if (length > 0) {
            context.fireChannelRead(bytes.readRetainedSlice(length));
        }
        bytes.release();
    }

    private void refuse(ChannelHandlerContext context) {
        state = State.REFUSED;
        context.writeAndFlush(Unpooled.copiedBuffer(SafeAnswers.BAD_REQUEST, StandardCharsets.ISO_8859_1))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
