package loginstream.login;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * One record on its way through the pipeline: what was consumed, what was read of it, what the steps made of it. Used by
 * one thread at a time.
 */
public final class Login implements Sendable {

    /** How far a login has come. */
    public enum State {
        /** Still on its way. */
        OPEN,
        /** Dropped on purpose: a tombstone, or not matching the filter. */
        FILTERED,
        /** Handed to the producer for the output. */
        PROCESSED,
        /** Bad; has to become a dead letter. */
        REJECTED,
        /** Handed to the producer as a dead letter. */
        DEAD_LETTERED
    }

    /** Of a stand-in, in bytes: longer than any id. */
    private static final int LONGEST_KEY = 256;

    private final ConsumerRecord<byte[], byte[]> source;
    private final Outbox outbox;
    private State state = State.OPEN;
    private LoginMembers members;
    private Rejection rejection;
    private DeadLetterForm deadLetterForm = DeadLetterForm.WHOLE;
    private LoginEdits edits;
    private byte[] json;

    public Login(ConsumerRecord<byte[], byte[]> source, Outbox outbox) {
        this.source = source;
        this.outbox = outbox;
    }

    /** The record as it was consumed. */
    public ConsumerRecord<byte[], byte[]> source() {
        return source;
    }

    /** Where it came from, e.g. {@code user-login-2@1841}. */
    public String position() {
        return source.topic() + "-" + source.partition() + "@" + source.offset();
    }

    public State state() {
        return state;
    }

    /** Whether the steps have still something to do with it. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** What was read of it; null before it is unmarshalled. */
    public LoginMembers members() {
        return members;
    }

    /** The text of a field, or null. */
    public String text(LoginField field) {
        CharSequence text = members.text(field);
        return text == null ? null : text.toString();
    }

    /** Why it was rejected, or null. */
    public Rejection rejection() {
        return rejection;
    }

    void parsed(LoginMembers read) {
        this.members = read;
        this.edits = new LoginEdits();
        this.json = null;
    }

    /** Drops it on purpose. */
    public void filterOut() {
        state = State.FILTERED;
    }

    /** Takes it out of the batch, towards the dead letters. */
    public void reject(Rejection why) {
        state = State.REJECTED;
        rejection = why;
    }

    /** In which form it becomes a dead letter, if it does. */
    public DeadLetterForm deadLetterForm() {
        return deadLetterForm;
    }

    /** Its dead letter was refused: the next one is to hold less. */
    public void reduceDeadLetter(DeadLetterForm form) {
        deadLetterForm = form;
    }

    /** Adds a string member at the end of the object; a member of that name that was there gives way. */
    public void append(String name, String value) {
        append(MemberName.of(name), MemberName.quoted(value));
    }

    /**
     * Adds a member at the end of the object, for steps that have both parts encoded already.
     *
     * @param json the value as JSON in UTF-8
     */
    public void append(MemberName name, byte[] json) {
        edits.append(name, json);
    }

    /** Puts a string in the place of a member's value; nothing happens where the member is absent. */
    public void replace(String name, String value) {
        edits.replace(name, MemberName.quoted(value));
    }

    /** Leaves a member out of the result. */
    public void remove(String name) {
        edits.replace(name, null);
    }

    LoginEdits edits() {
        return edits;
    }

    void marshalled(byte[] bytes) {
        json = bytes;
    }

    /** The result, or null before it is marshalled. */
    public byte[] json() {
        return json;
    }

    /**
     * Sends the result, if there is one, with the input's timestamp and headers, and its key or else the user's id.
     *
     * @throws IllegalStateException if the login was not marshalled
     */
    @Override
    public void sendTo(String topic, Iterable<Header> extraHeaders) {
        if (state != State.OPEN && state != State.PROCESSED) {
            return;
        }
        if (json == null) {
            throw new IllegalStateException("the route sends a login to " + topic + " that it has not marshalled");
        }
        byte[] key = source.key();
        if (key == null) {
            String userId = text(LoginField.USER_ID);
            key = userId == null ? null : userId.getBytes(StandardCharsets.UTF_8);
        }
        send(topic, timestamp(), key, json, headersWith(extraHeaders));
        state = State.PROCESSED;
    }

    /** Sends the record as it was consumed, or what its form leaves of it, with these headers in place of its own. */
    public void sendAsDeadLetter(String topic, Headers headers) {
        boolean standIn = deadLetterForm == DeadLetterForm.STAND_IN;
        byte[] key = source.key();
        send(
                topic,
                deadLetterForm.leavesOut(DeadLetterForm.WITHOUT_TIMESTAMP) ? null : timestamp(),
                standIn && key != null && key.length > LONGEST_KEY ? null : key,
                standIn ? null : source.value(),
                headers);
        state = State.DEAD_LETTERED;
    }

    void forget() {
        members = null;
        edits = null;
        json = null;
    }

    private Long timestamp() {
        return source.timestamp() < 0 ? null : source.timestamp();
    }

    private void send(String topic, Long timestamp, byte[] key, byte[] value, Headers headers) {
        outbox.send(new ProducerRecord<>(topic, null, timestamp, key, value, headers), this);
    }

    private Headers headersWith(Iterable<Header> extra) {
        if (!extra.iterator().hasNext()) {
            return source.headers().iterator().hasNext() ? source.headers() : null;
        }
        Headers headers = new RecordHeaders(source.headers());
        extra.forEach(headers::add);
        return headers;
    }

    /** The position only: what is in a login does not belong in a log. */
    @Override
    public String toString() {
        return position();
    }
}
