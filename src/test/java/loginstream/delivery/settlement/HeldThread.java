package loginstream.delivery.settlement;

import java.util.ArrayDeque;
import java.util.Deque;

/** Runs everything at once, or when it goes on. */
final class HeldThread extends SameThread {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean held;

    void hold() {
        held = true;
    }

    void goOn() {
        held = false;
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Override
    public void execute(Runnable task) {
        if (held) {
            tasks.add(task);
        } else {
            task.run();
        }
    }
}
