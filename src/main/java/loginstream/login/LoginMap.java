package loginstream.login;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import loginstream.login.LoginMembers.Kind;

/**
 * The members of a login as an ordinary map, the message body that ordinary steps of a route see. What they change in it
 * changes the login; members they leave alone stay as they were written, byte for byte. Maps and lists within it cannot
 * be changed: put a new one in their place.
 */
public final class LoginMap extends AbstractMap<String, Object> {
    private static final int INT_DIGITS = 9;

    private final Login login;
    /** All members as they were read; null as long as nobody needed more than the known fields. */
    private Map<String, Object> read;

    LoginMap(Login login) {
        this.login = login;
    }

    /** Whose members these are. */
    public Login login() {
        return login;
    }

    /** The login's JSON was read anew. */
    void changed() {
        read = null;
    }

    @Override
    public Object get(Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        LoginEdits edits = login.edits();
        if (edits.has(name)) {
            return decoded(edits.value(name));
        }
        LoginField field = LoginField.named(name);
        if (field == null) {
            return read().get(name);
        }
        return switch (login.members().kind(field)) {
            case ABSENT, NULL -> null;
            case STRING -> login.text(field);
            case INTEGER -> number(login.members().text(field), name);
            case OTHER -> read().get(name);
        };
    }

    /** As Jackson would read it. */
    private Object number(String digits, String name) {
        return digits.length() <= INT_DIGITS ? Integer.valueOf(digits) : read().get(name);
    }

    @Override
    public boolean containsKey(Object key) {
        if (!(key instanceof String name)) {
            return false;
        }
        LoginEdits edits = login.edits();
        if (edits.has(name)) {
            return edits.value(name) != null;
        }
        LoginField field = LoginField.named(name);
        return field == null ? read().containsKey(name) : login.members().kind(field) != Kind.ABSENT;
    }

    /**
     * Sets a member: in its place where there is one of that name, else at the end.
     *
     * @throws UncheckedIOException if the value cannot be written as JSON
     */
    @Override
    public Object put(String name, Object value) {
        Object before = get(name);
        if (before != null && Objects.equals(before, value)) {
            return before; // and stays as it was written
        }
        LoginEdits edits = login.edits();
        byte[] json = encoded(value);
        if (edits.appends(name) || !isRead(name)) {
            edits.append(MemberName.of(name), json);
        } else {
            edits.replace(name, json);
        }
        login.noteEdit();
        return before;
    }

    @Override
    public Object remove(Object key) {
        if (!containsKey(key)) {
            return null;
        }
        Object before = get(key);
        login.edits().remove((String) key, isRead((String) key));
        login.noteEdit();
        return before;
    }

    private boolean isRead(String name) {
        LoginField field = LoginField.named(name);
        return field == null ? read().containsKey(name) : login.members().kind(field) != Kind.ABSENT;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> members = members();
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return new Members(members);
            }

            @Override
            public int size() {
                return members.size();
            }
        };
    }

    /** All members as they are now, in their order. */
    private Map<String, Object> members() {
        LoginEdits edits = login.edits();
        Map<String, Object> members = new LinkedHashMap<>(read());
        edits.inPlace().forEach((name, json) -> {
            if (json == null) {
                members.remove(name);
            } else if (members.containsKey(name)) {
                members.put(name, decoded(json));
            }
        });
        for (int i = 0; i < edits.appended(); i++) {
            String name = edits.name(i).name();
            members.remove(name);
            members.put(name, decoded(edits.value(i)));
        }
        return members;
    }

    private Map<String, Object> read() {
        if (read == null) {
            try {
                Map<String, Object> members = LoginContent.toMap(login.content());
                members.replaceAll((name, value) -> unmodifiable(value));
                read = members;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return read;
    }

    private static Object decoded(byte[] json) {
        try {
            return json == null ? null : unmodifiable(LoginContent.value(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encoded(Object value) {
        try {
            return LoginContent.value(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Object unmodifiable(Object value) {
        if (value instanceof Map) {
            Map<String, Object> map = (Map<String, Object>) value;
            map.replaceAll((name, nested) -> unmodifiable(nested));
            return Collections.unmodifiableMap(map);
        }
        if (value instanceof List) {
            List<Object> list = (List<Object>) value;
            list.replaceAll(LoginMap::unmodifiable);
            return Collections.unmodifiableList(list);
        }
        return value;
    }

    /** Goes through the members, and writes through what is changed on the way. */
    private final class Members implements Iterator<Entry<String, Object>> {
        private final Iterator<Entry<String, Object>> members;
        private String last;

        Members(Map<String, Object> members) {
            this.members = new ArrayList<>(members.entrySet()).iterator();
        }

        @Override
        public boolean hasNext() {
            return members.hasNext();
        }

        @Override
        public Entry<String, Object> next() {
            Entry<String, Object> member = members.next();
            last = member.getKey();
            return new SimpleEntry<>(member) {
                private static final long serialVersionUID = 1L;

                @Override
                public Object setValue(Object value) {
                    LoginMap.this.put(getKey(), value);
                    return super.setValue(value);
                }
            };
        }

        @Override
        public void remove() {
            LoginMap.this.remove(last);
        }
    }
}
