package loginstream.login;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to be changed in a login's JSON. Saying the same thing twice, as a repeated step does, changes nothing. */
final class LoginEdits {
    private final List<Member> appended = new ArrayList<>(2);
    private Map<String, byte[]> inPlace = Map.of();

    /** A member to come, as it will stand in the JSON. */
    record Member(MemberName name, byte[] value) {}

    void append(MemberName name, byte[] value) {
        Member member = new Member(name, value);
        for (int i = 0; i < appended.size(); i++) {
            if (appended.get(i).name().equals(name)) {
                appended.set(i, member);
                return;
            }
        }
        appended.add(member);
    }

    void replace(String name, byte[] value) {
        if (inPlace.isEmpty()) {
            inPlace = new HashMap<>();
        }
        inPlace.put(name, value);
    }

    /** Members to put at the end, in the order in which they were first named. */
    List<Member> appended() {
        return appended;
    }

    /** Members to change where they stand; a null value takes the member out. */
    Map<String, byte[]> inPlace() {
        return inPlace;
    }
}
