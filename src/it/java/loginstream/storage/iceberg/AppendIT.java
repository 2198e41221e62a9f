package loginstream.storage.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loginstream.fixture.Cluster;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import loginstream.sandbox.ObjectStorage;
import loginstream.storage.StoreUnavailableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What several snapshots that are under way at the same time come to. */
@ExtendWith(SharedBroker.class)
class AppendIT {
    private static PostgresServer server;
    private static ObjectStorage storage;

    private StoredTable stored;
    private LoginTable catalog;
    private Path bucket;

    @BeforeAll
    static void startServers() {
        server = new PostgresServer();
        storage = new ObjectStorage();
    }

    @AfterAll
    static void stopServers() {
        storage.close();
        server.close();
    }

    @BeforeEach
    void begin(Cluster cluster) {
        stored = StoredTable.fresh(cluster, server, storage);
        IcebergSettings settings = stored.settings().read(IcebergSettings::read);
        catalog = new LoginTable(settings);
        bucket = storage.folder(settings.catalog().get("warehouse"));
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void oneMayBeginBeforeTheOneBeforeItIsThrough() throws Exception {
        // Given
        Append first = appending(0, 10);
        Append second = appending(10, 20);

        // When
        first.commit();
        second.commit();

        // Then
        stored.assertEachOnce(20);
    }

    @Test
    void whoWasNotQuickestStoresNothing() throws Exception {
        // Given
        Append quick = appending(0, 10);
        Append slow = appending(5, 15);
        quick.commit();

        // When
        Throwable failure = catchThrowable(slow::commit);
        slow.rollback();

        // Then
        assertThat(failure).isInstanceOf(ConcurrentModificationException.class);
        stored.assertEachOnce(10);
        assertThat(dataFiles()).isEqualTo(1);

        // When
        appending(5, 15).commit();

        // Then
        stored.assertEachOnce(15);
    }

    @Test
    void othersMayStoreOtherPartitionsMeanwhile() throws Exception {
        // Given
        Append one = new Append(catalog, catalog.loadOrMake());
        one.store(logins(0, 0, 10), AppendIT::refused);
        Append another = new Append(catalog, catalog.loadOrMake());
        another.store(logins(1, 10, 20), AppendIT::refused);
        another.commit();

        // When
        one.commit();

        // Then
        stored.assertEachOnce(20);
    }

    @Test
    void whatIsThereAlreadyIsNoSnapshot() throws Exception {
        // Given
        appending(0, 10).commit();
        long files = dataFiles();

        // When
        appending(0, 10).commit();

        // Then
        stored.assertEachOnce(10);
        assertThat(dataFiles()).isEqualTo(files);
    }

    @Test
    void whatAStepStoresTwiceIsThereOnce() throws Exception {
        // Given
        List<Login> logins = logins(0, 0, 10);
        Append append = new Append(catalog, catalog.loadOrMake());
        append.store(logins, AppendIT::refused);

        // When
        append.store(logins.subList(3, 4), AppendIT::refused);
        append.store(logins, AppendIT::refused);
        append.commit();

        // Then
        stored.assertEachOnce(10);
    }

    @Test
    void nothingIsTakenOnceItIsOver() throws Exception {
        // Given
        Append append = appending(0, 10);
        append.commit();

        // When
        Throwable failure = catchThrowable(() -> append.store(logins(0, 10, 20), AppendIT::refused));

        // Then
        assertThat(failure).isInstanceOf(StoreUnavailableException.class);
        stored.assertEachOnce(10);
    }

    @Test
    void severalMayBeTheFirst() throws Exception {
        // Given
        IcebergSettings settings = stored.settings().read(IcebergSettings::read);

        // When
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        CyclicBarrier together = new CyclicBarrier(8);
        List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                    try (LoginTable another = new LoginTable(settings)) {
                        together.await();
                        another.loadOrMake();
                    } catch (Exception e) {
                        failures.add(e);
                    }
                }))
                .limit(together.getParties())
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(failures).isEmpty();
    }

    @Test
    void nothingIsLeftOfWhatIsRolledBack() throws Exception {
        // Given
        Append append = appending(0, 10);

        // When
        append.rollback();

        // Then
        assertThat(dataFiles()).isZero();
    }

    private Append appending(int begin, int end) throws InterruptedException {
        Append append = new Append(catalog, catalog.loadOrMake());
        append.store(logins(0, begin, end), AppendIT::refused);
        return append;
    }

    /** Their numbers are their offsets. */
    private static List<Login> logins(int partition, int begin, int end) {
        return IntStream.range(begin, end)
                .mapToObj(number -> SingleLogin.read(
                        LoginRecords.record(partition, number, null, LoginRecords.utf8("{\"n\":" + number + "}")),
                        SingleLogin.NOWHERE))
                .toList();
    }

    private static void refused(Login login, Exception why) {
        throw new AssertionError(login + " is refused", why);
    }

    private long dataFiles() {
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
