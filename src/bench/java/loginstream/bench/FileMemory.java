package loginstream.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The machine's memory that nobody uses. The host of a virtual machine takes it back, and gives it again page by page: for a
 * broker that writes there a record takes three times its processor time. Read into the page cache, from a file that has
 * nothing but a hole in it, it stays with the machine, and whoever needs it gets it at once.
 */
final class FileMemory {
    /** In bytes: less that is free is not worth reading for. */
    private static final long LEFT_FREE = 700L << 20;

    private static final int STEP = 16 << 20;
    /** Topics are deleted a second after they are no longer needed. */
    private static final Duration DELETED = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Path file;

    /**
     * @param folder for the file, which takes no room there
     */
    FileMemory(Path folder) {
        file = folder.resolve("hole");
    }

    /** Lets the page cache have what is free, and what deleted files leave within seconds: a minute at first, less then. */
    void touch() throws InterruptedException {
        long end = System.nanoTime() + DELETED.toNanos();
        try (FileChannel hole = FileChannel.open(file, CREATE, READ, WRITE)) {
            hole.write(ByteBuffer.allocate(1), SYSTEM.getTotalMemorySize());
            ByteBuffer step = ByteBuffer.allocateDirect(STEP);
            do {
                while (SYSTEM.getFreeMemorySize() > LEFT_FREE && hole.read(step.clear()) > 0) {
                    // the next step
                }
                Thread.sleep(LOOK.toMillis());
            } while (System.nanoTime() < end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
