package loginstream.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * One record on its way through the pipeline: what was consumed, what was read of it, what the steps made of it, and
 * what is to be sent for it. Used by one thread at a time; only what is sent may come from several, as the branches of a
 * parallel step do. A long class, so that there is one place that tells what a login is.
 */
public final class Login {
    /** Exchange property of an exchange that is about one login; copies of the exchange have it too. */
    public static final String PROPERTY = "loginstream.login";

    /** How far a login has come. */
    public enum State {
        /** Still on its way. */
        OPEN,
        /** Dropped on purpose: a tombstone, not matching the filter, stopped by the route. */
        FILTERED,
        /** Got through the route and was sent. */
        PROCESSED,
        /** Bad; has to become a dead letter. */
        REJECTED,
        /** Sent as a dead letter. */
        DEAD_LETTERED
    }

    private final ConsumerRecord<byte[], byte[]> source;
    private final Outbox outbox;
    private State state = State.OPEN;
    private byte[] content;
    private LoginMembers members;
    private LoginEdits edits;
    private byte[] json;
    private boolean marshalled;
    private boolean plain;
    /** What few have, so that it does not make all of them larger: many wait for a commit at once. */
    private LoginDeadLetter deadLetter;

    private LoginInSteps inSteps;
    private boolean stopped;
    private boolean edited;
    private boolean sent;
    private boolean delivered;
    private boolean ended;
    private boolean answered;

    public Login(ConsumerRecord<byte[], byte[]> source, Outbox outbox) {
        this.source = source;
        this.outbox = outbox;
        this.content = source.value();
    }

    /** One that was not consumed from Kafka, but came as a plain message. */
    static Login plain(ConsumerRecord<byte[], byte[]> source, Outbox outbox) {
        Login login = new Login(source, outbox);
        login.plain = true;
        return login;
    }

    /** Whether it was not consumed from Kafka, but came as a plain message. */
    public boolean isPlain() {
        return plain;
    }

    /** The record as it was consumed. */
    public ConsumerRecord<byte[], byte[]> source() {
        return source;
    }

    /** Where it came from, e.g. {@code user-login-2@1841}. */
    public String position() {
        return source.topic() + "-" + source.partition() + "@" + source.offset();
    }

    // --- its way -------------------------------------------------------------------------------

    public State state() {
        return state;
    }

    /** Whether the steps have still something to do with it. */
    public boolean isOpen() {
        return state == State.OPEN && !stopped;
    }

    /** Its way through the route is over, however it went; what that means is decided at the end of the route. */
    public void stop() {
        stopped = true;
    }

    /** It goes on, on another way than the one it was stopped on: that of what failed. */
    public void goOn() {
        stopped = false;
    }

    /** Whether its way through the route is over. */
    public boolean isStopped() {
        return stopped;
    }

    /** Drops it on purpose. */
    public void filterOut() {
        state = State.FILTERED;
    }

    /** Takes it out of the batch, towards the dead letters. */
    public void reject(Rejection why) {
        state = State.REJECTED;
        asDeadLetter().rejection = why;
    }

    /** Why it was rejected, or null. */
    public Rejection rejection() {
        return deadLetter == null ? null : deadLetter.rejection;
    }

    /** It got through the route, and was sent. */
    public void process() {
        state = State.PROCESSED;
    }

    /** Nothing more belongs to the transaction it was consumed in. */
    public void end() {
        ended = true;
    }

    /** Whether what is sent for it from now on is outside of the transaction it was consumed in. */
    public boolean hasEnded() {
        return ended;
    }

    // --- its JSON ------------------------------------------------------------------------------

    /** What was read of it; null before it is unmarshalled. */
    public LoginMembers members() {
        return members;
    }

    /**
     * Requires that it was read.
     *
     * @throws IllegalStateException if no step has unmarshalled it
     */
    void requireRead() {
        if (members == null) {
            throw new IllegalStateException(
                    "the route has not unmarshalled it before a step that looks at its members");
        }
    }

    /** The text of a field, or null. */
    public String text(LoginField field) {
        return members == null ? null : members.text(field);
    }

    /** The JSON that was read; edits come on top of it. */
    byte[] content() {
        return content;
    }

    void parsed(LoginMembers read) {
        parsed(read, source.value());
    }

    /** Other JSON takes the place of what was read before. */
    void parsed(LoginMembers read, byte[] value) {
        content = value;
        members = read;
        edits = new LoginEdits();
        marshalled(null);
        edited = false;
        if (inSteps != null && inSteps.map != null) {
            inSteps.map.changed();
        }
    }

    LoginEdits edits() {
        return edits;
    }

    /** In which form it becomes a dead letter, if it does. */
    public DeadLetterForm deadLetterForm() {
        return deadLetter == null ? DeadLetterForm.WHOLE : deadLetter.form;
    }

    /** Its dead letter was refused: the next one is to hold less. */
    public void reduceDeadLetter(DeadLetterForm form) {
        asDeadLetter().form = form;
    }

    private LoginDeadLetter asDeadLetter() {
        if (deadLetter == null) {
            deadLetter = new LoginDeadLetter();
        }
        return deadLetter;
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
        marshalled(null);
    }

    /** Puts a string in the place of a member's value; nothing happens where the member is absent. */
    public void replace(String name, String value) {
        replaceJson(name, MemberName.quoted(value));
    }

    /** Leaves a member out of the result. */
    public void remove(String name) {
        replaceJson(name, null);
    }

    /** Puts JSON in the place of a member's value; null leaves the member out. */
    void replaceJson(String name, byte[] jsonOrNull) {
        edits.replace(name, jsonOrNull);
        marshalled(null);
    }

    /** A step has changed members, so what was read of them holds no longer. */
    void noteEdit() {
        edited = true;
        marshalled(null);
    }

    /** Reads the members again where steps have changed them; before a step that looks at them. */
    void reread() throws IOException, UnparseableLoginException {
        if (edited) {
            byte[] written = LoginContent.write(this);
            parsed(LoginContent.read(written), written);
        }
    }

    void marshalled(byte[] bytes) {
        json = bytes;
        marshalled = bytes != null;
    }

    /** Its JSON where that has been written since it was last changed, or null. */
    public byte[] json() {
        return json;
    }

    /** Whether the route has marshalled it, and nothing has changed it since. */
    public boolean isMarshalled() {
        return marshalled;
    }

    /** Its members as ordinary steps see and change them; null before it is unmarshalled. */
    public LoginMap asMap() {
        if (members != null && inSteps().map == null) {
            inSteps.map = new LoginMap(this);
        }
        return inSteps == null ? null : inSteps.map;
    }

    // --- its exchange --------------------------------------------------------------------------

    /** The exchange in which ordinary steps see it, or null as long as none has. */
    public Exchange exchange() {
        return inSteps == null ? null : inSteps.exchange;
    }

    /** From now on it has an exchange of its own. */
    public void travelIn(Exchange own) {
        inSteps().exchange = own;
    }

    /** A step could do nothing for it, for a reason that concerns no login; or, with null, it could after all. */
    public void noteUnserved(RuntimeException reasonOrNull) {
        inSteps().unserved = reasonOrNull;
    }

    /** Why a step could do nothing for it, or null. */
    public RuntimeException unserved() {
        return inSteps == null ? null : inSteps.unserved;
    }

    private synchronized LoginInSteps inSteps() {
        if (inSteps == null) {
            inSteps = new LoginInSteps();
        }
        return inSteps;
    }

    // --- what is sent for it -------------------------------------------------------------------

    /** The key of its results: the input's, or else the user's id. */
    public byte[] key() {
        if (inSteps != null && inSteps.keyReplaced && !isDeadLetter()) {
            return inSteps.key;
        }
        byte[] key = source.key();
        if (key == null && !isDeadLetter()) {
            LoginMap map = inSteps == null ? null : inSteps.map;
            if (map == null) {
                return members == null ? null : members.utf8(LoginField.USER_ID);
            }
            Object userId = map.get(LoginField.USER_ID.jsonName());
            key = userId == null ? null : userId.toString().getBytes(StandardCharsets.UTF_8);
        }
        return key;
    }

    /** Its results have another key than the input; may be null. */
    public void replaceKey(byte[] key) {
        inSteps().key = key;
        inSteps().keyReplaced = true;
    }

    /** The headers of its results: the input's; or those of the dead letter that it is. */
    public Headers headers() {
        return isDeadLetter() ? deadLetter.headers : source.headers();
    }

    /** It is rejected, and goes as it was consumed, with these headers in place of its own. */
    public void becomeDeadLetter(Headers headers) {
        asDeadLetter().headers = headers;
    }

    /** Whether what is sent for it is its dead letter. */
    public boolean isDeadLetter() {
        return deadLetter != null && deadLetter.headers != null;
    }

    /** Whether that record is its dead letter. */
    public boolean isDeadLetter(ProducerRecord<byte[], byte[]> record) {
        return deadLetter != null && deadLetter.record == record;
    }

    /** What is sent for it where no step has had a say in key, headers or body. */
    public ProducerRecord<byte[], byte[]> result(String topic) throws IOException {
        return isDeadLetter() ? deadLetter(topic) : result(topic, value());
    }

    /** The same, with its JSON in another form. */
    public ProducerRecord<byte[], byte[]> result(String topic, byte[] value) {
        return record(topic, null, key(), value, source.headers());
    }

    /** Its dead letter: key and value as they were consumed, or what its form leaves of them. */
    public ProducerRecord<byte[], byte[]> deadLetter(String topic) {
        return asDeadLetter().record(topic, source);
    }

    /** Its JSON as it stands now; the record as it was consumed where nobody has read it. */
    public byte[] value() throws IOException {
        if (json == null && members != null) {
            json = LoginContent.write(this);
        }
        return json == null ? source.value() : json;
    }

    /** A record with the timestamp of the input. */
    public ProducerRecord<byte[], byte[]> record(
            String topic, Integer partition, byte[] key, byte[] value, Headers headers) {
        Long timestamp = source.timestamp() < 0 ? null : source.timestamp();
        return new ProducerRecord<>(
                topic, partition, timestamp, key, value, headers.iterator().hasNext() ? headers : null);
    }

    /**
     * Notes that a record was sent for it.
     *
     * @param toOutput whether that was its result, in the output topic
     */
    public void noteSent(boolean toOutput) {
        if (isDeadLetter()) {
            state = State.DEAD_LETTERED;
        } else {
            sent = true;
            delivered |= toOutput;
            answered |= state == State.REJECTED;
        }
    }

    /** Whether a result of it was sent, to whichever topic. */
    public boolean isSent() {
        return sent || sendsWait();
    }

    /** Whether its result was sent to the output topic. */
    public boolean isDelivered() {
        return delivered || sendsWait() && inSteps.sends.hasDelivered();
    }

    /** Whether something was sent for it after it was rejected: what a route does on exceptions took care of it. */
    public boolean isAnswered() {
        return answered;
    }

    /** Sends at once, for those that handle whole batches: nothing of the batch has waited. */
    public void send(ProducerRecord<byte[], byte[]> record) {
        outbox.send(record, this);
    }

    /** Lets something take part in the commit of its results, as {@link Outbox#enlist}. */
    public <P extends Participant> Optional<P> enlist(Class<P> type, Participant.Beginning<P> beginning)
            throws InterruptedException {
        return outbox.enlist(type, beginning);
    }

    /**
     * Sends when the way of the batch through the route is over, in the order of its logins.
     *
     * @param toOutput whether the record is its result, in the output topic
     */
    public void sendLater(ProducerRecord<byte[], byte[]> record, boolean toOutput) {
        sends().later(record, toOutput && !isDeadLetter());
        if (isDeadLetter()) {
            state = State.DEAD_LETTERED;
            deadLetter.record = record;
        }
        answered |= state == State.REJECTED;
    }

    /** What single steps have sent for it. */
    public LoginSends sends() {
        return inSteps().sends;
    }

    private boolean sendsWait() {
        return inSteps != null && inSteps.sends.waiting() > 0;
    }

    /** Sends what waits. */
    public void sendWaiting() {
        if (sendsWait()) {
            sent = true;
            inSteps.sends.flush(this);
        }
    }

    /** Lets go of what only the steps needed. One that ordinary steps have seen may still be read by others: it stays. */
    void forget() {
        if (deadLetter != null) {
            deadLetter.record = null;
        }
        if (inSteps != null) {
            inSteps.forgetSends();
        }
        if (exchange() == null) {
            if (deadLetter != null) {
                deadLetter.headers = null;
            }
            content = null;
            members = null;
            edits = null;
            json = null;
        }
    }

    /** The position only: what is in a login does not belong in a log. */
    @Override
    public String toString() {
        return position();
    }
}
